"""What a pass's QR code says, signed, and the signed list of revoked passes."""
