"""What a case is made of, and what follows from it. No files, no SQL, no Qt, no clock."""
