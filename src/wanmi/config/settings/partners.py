"""Partners by which people reach the city and are answered; what is not set up stays shut."""

from .environment import env, env_flag, env_int

IMAP_HOST = env("IMAP_HOST")
IMAP_PORT = env_int("IMAP_PORT", 993)
IMAP_SSL = env_flag("IMAP_SSL", True)
IMAP_USER = env("IMAP_USER")
IMAP_PASSWORD = env("IMAP_PASSWORD")
IMAP_FOLDER = env("IMAP_FOLDER", "INBOX")
IMAP_EVERY_SECONDS = env_int("IMAP_EVERY_SECONDS", 60)
MAIL_MAX_BYTES = env_int("MAIL_MAX_MB", 25) * 1_000_000
"""A larger message is taken by its head, with a note."""

SMS_URL = env("SMS_URL")
SMS_SECRET = env("SMS_SECRET")
"""Signs what we send to the gateway and what it brings; without it nothing is taken."""
WECHAT_TOKEN = env("WECHAT_TOKEN")
WECHAT_AES_KEY = env("WECHAT_AES_KEY")
"""Key of the encrypted mode (43 characters); with it nothing is taken in plain text."""
WECHAT_APP_ID = env("WECHAT_APP_ID")
WECHAT_APP_SECRET = env("WECHAT_APP_SECRET")
WECHAT_API = env("WECHAT_API", "https://api.weixin.qq.com")

WORKORDERS_URL = env("WORKORDERS_URL")
WORKORDERS_SECRET = env("WORKORDERS_SECRET")
WORKORDERS_SIGN_HOURS = env_int("WORKORDERS_SIGN_HOURS", 2)
WORKORDERS_CONTACT_HOURS = env_int("WORKORDERS_CONTACT_HOURS", 24)
WORKORDERS_REPLY_HOURS = env_int("WORKORDERS_REPLY_HOURS", 120)
"""Limits of an order that brings none, in hours from its coming (to be confirmed by each city)."""
