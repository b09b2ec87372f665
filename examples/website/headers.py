"""What every answer of this website says to browsers."""

from examples.website.config import Config

PRIVATE = "no-store"
PUBLIC = "public, max-age=0, must-revalidate"


def policy(config: Config, frame: str = "'none'") -> str:
    """Nothing is loaded but our own files, the API's images, and what scripts ask of the API."""
    return "; ".join(
        [
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            f"img-src 'self' {' '.join(config.images)}",
            f"connect-src {config.public_api}",
            "form-action 'self'",
            f"frame-ancestors {frame}",
            "base-uri 'none'",
        ]
    )


def common(config: Config, frame: str = "'none'") -> dict[str, str]:
    return {
        "Content-Security-Policy": policy(config, frame),
        "X-Content-Type-Options": "nosniff",
        # an address here says which complaint somebody reads about
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
