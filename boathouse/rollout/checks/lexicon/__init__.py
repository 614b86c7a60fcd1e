"""The words people write OKRs with, sorted by what they tell a coach. Our own lists; inflected by
verbs.py."""
