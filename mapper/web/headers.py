"""Headers that every answer carries."""

from flask import Flask, Response, current_app, request

CONTENT_SECURITY_POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",  # audio prompts
    "connect-src 'self'",
    "worker-src 'self'",  # the interview offline
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
))  # fmt: skip

ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HSTS = "max-age=31536000; includeSubDomains"


def install(app: Flask) -> None:
    app.after_request(protect)


def protect(response: Response) -> Response:
    """A view may set a header of its own; what it did not set is set here."""
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if response.headers.get("Content-Disposition", "").startswith("attachment"):  # Flask lets a browser keep a file
        response.headers["Cache-Control"] = "no-store"
    if request.endpoint != "static":  # a page on a shared computer must not come back with the Back button
        response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure or current_app.config["MAPPER"].https:
        response.headers.setdefault("Strict-Transport-Security", HSTS)
    return response
