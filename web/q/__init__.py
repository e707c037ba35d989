"""GET /q: what anybody sees of a pass whose QR they point a camera at, or whose code they type."""
