"""Who is expected: brought as a list, dealt to rooms, told by personal links and files, seated on the day."""
