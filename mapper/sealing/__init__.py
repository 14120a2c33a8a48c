"""Envelopes that only this server can open: its keys, and the sealing and opening itself. It knows no response."""
