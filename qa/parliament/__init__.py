"""What parliament's documents say of themselves, and how it names papers, people and days."""
