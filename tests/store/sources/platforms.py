"""Synthetic accounts in the shapes of YouTube Data API v3, Instagram Graph API and TikTok Research API."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.store.sources.server import Asked, Faults, Reply

KEY = "AIza-Synthetic-Key-1234"
TOKEN = "EAAG-Synthetic-Token-5678"
CLIENT, SECRET = "client-key-9012", "client-secret-3456"
USER = "17841400000000001"


def google_error(status: int, reason: str, message: str = "No.") -> Reply:
    error = {"code": status, "message": message, "errors": [{"message": message, "domain": "x", "reason": reason}]}
    return Reply({"error": error}, status)


def graph_error(status: int, code: int, sub: int | None = None, message: str = "No.") -> Reply:
    error = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "A1"}
    return Reply({"error": error | ({"error_subcode": sub} if sub else {})}, status)


def tiktok_error(status: int, code: str, message: str = "No.") -> Reply:
    return Reply({"data": {}, "error": {"code": code, "message": message, "log_id": "2026"}}, status)


@dataclass
class Channel:
    """A channel with so many videos; `comments` says how many threads each has, None that they are switched off."""

    handle: str
    followers: int | None = 12_000
    videos: int = 3
    views: int = 1_000
    comments: int | None = 2
    gone: int = 0

    @property
    def id(self) -> str:
        return "UC" + self.handle.lstrip("@").rjust(22, "0")

    @property
    def uploads(self) -> str:
        return "UU" + self.id[2:]

    def ids(self) -> list[str]:
        return [f"{self.handle.lstrip('@')}-v{n:04}" for n in range(self.videos)]


@dataclass
class YouTube:
    """The interface: channels, uploads, videos and comment threads, a unit each."""

    channels: list[Channel]
    page: int = 50
    faults: Faults = field(default_factory=Faults)

    def __call__(self, asked: Asked) -> Reply:
        if fault := self.faults(asked):
            return fault
        if asked.headers.get("X-Goog-Api-Key") != KEY:
            return google_error(400, "badRequest", "API key not valid. Please pass a valid API key.")
        known = {"channels": self.about, "playlistItems": self.uploads, "videos": self.videos,
                 "commentThreads": self.threads}  # fmt: skip
        return known[asked.path.strip("/")](asked.query)

    def about(self, query: dict[str, str]) -> Reply:
        found = [c for c in self.channels if query.get("forHandle") == c.handle or query.get("id") == c.id]
        return self.document("channel", [self.channel(c) for c in found])

    def channel(self, channel: Channel) -> dict[str, Any]:
        counted = {"viewCount": "9", "subscriberCount": str(channel.followers or 0), "videoCount": str(channel.videos)}
        return {
            "kind": "youtube#channel", "id": channel.id,
            "snippet": {"title": channel.handle.lstrip("@").title(), "customUrl": channel.handle, "country": "US",
                        "description": "A synthetic channel.", "publishedAt": "2020-01-01T00:00:00Z"},
            "contentDetails": {"relatedPlaylists": {"uploads": channel.uploads}},
            "statistics": {**counted, "hiddenSubscriberCount": channel.followers is None},
        }  # fmt: skip

    def uploads(self, query: dict[str, str]) -> Reply:
        (channel,) = [c for c in self.channels if c.uploads == query["playlistId"]]
        return self.listed("playlistItem", [{"contentDetails": {"videoId": v}} for v in channel.ids()], query)

    def videos(self, query: dict[str, str]) -> Reply:
        asked = query["id"].split(",")
        assert len(asked) <= 50
        there = [(c, v) for c in self.channels for v in c.ids()[c.gone :] if v in asked]
        return self.document("video", [self.video(c, v) for c, v in there])

    def video(self, channel: Channel, video: str) -> dict[str, Any]:
        n = int(video[-4:])
        counted = {"viewCount": channel.views + n, "likeCount": channel.views // 20, "favoriteCount": 0}
        counted |= {} if channel.comments is None else {"commentCount": channel.comments}
        return {
            "kind": "youtube#video",
            "id": video,
            "snippet": {
                "publishedAt": f"2026-10-{1 + n % 28:02}T10:00:00Z", "channelId": channel.id,
                "title": f"Video {n}", "description": "Words.", "liveBroadcastContent": "none",
            },
            "contentDetails": {"duration": "PT4M13S"},
            "statistics": {name: str(number) for name, number in counted.items()},
        }  # fmt: skip

    def threads(self, query: dict[str, str]) -> Reply:
        video = query["videoId"]
        (channel,) = [c for c in self.channels if video in c.ids()]
        if channel.comments is None:
            return google_error(403, "commentsDisabled", "The video has disabled comments.")
        return self.listed("commentThread", [self.thread(channel, video, n) for n in range(channel.comments)], query)

    def thread(self, channel: Channel, video: str, n: int) -> dict[str, Any]:
        said = {
            "channelId": channel.id, "videoId": video, "textOriginal": f"Comment {n}", "textDisplay": f"Comment {n}",
            "authorDisplayName": f"Person {n}", "authorChannelId": {"value": f"UCperson{n:04}"}, "likeCount": 0,
            "publishedAt": f"2026-10-29T1{n % 10}:00:00Z", "updatedAt": "2026-10-29T10:00:00Z",
        }  # fmt: skip
        top = {"kind": "youtube#comment", "id": f"{video}-c{n}", "snippet": said}
        snippet = {"channelId": channel.id, "videoId": video, "topLevelComment": top, "totalReplyCount": 0}
        return {"kind": "youtube#commentThread", "id": f"{video}-c{n}", "snippet": snippet}

    def listed(self, kind: str, items: list[Any], query: dict[str, str]) -> Reply:
        size = min(int(query["maxResults"]), self.page)
        at = int(query.get("pageToken", "p0")[1:])
        following = {"nextPageToken": f"p{at + size}"} if at + size < len(items) else {}
        return self.document(kind, items[at : at + size], following)

    def document(self, kind: str, items: list[Any], more: dict[str, Any] | None = None) -> Reply:
        return Reply({"kind": f"youtube#{kind}ListResponse", "etag": "x", **(more or {}), "items": items})


@dataclass
class Account:
    """An Instagram or TikTok account with so many posts."""

    handle: str
    followers: int = 5_000
    posts: int = 3
    likes: int = 40
    id: str = "17841400000000777"


@dataclass
class Instagram:
    """The interface: business discovery, and posts with insights of the account the token belongs to."""

    accounts: list[Account]
    faults: Faults = field(default_factory=Faults)

    def __call__(self, asked: Asked) -> Reply:
        if fault := self.faults(asked):
            return fault
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
            return graph_error(401, 190, None, "Error validating access token: Session has expired.")
        fields = asked.query["fields"]
        if asked.path != f"/{USER}":
            return self.insights(asked.path.strip("/"), fields)
        name = fields.split("username(")[1].split(")")[0]
        found = [a for a in self.accounts if a.handle == f"@{name}"]
        if not found:
            return graph_error(400, 110, 2207013, "Invalid user id")
        return Reply({"business_discovery": self.discovered(found[0], fields), "id": USER})

    def discovered(self, account: Account, fields: str) -> dict[str, Any]:
        told: dict[str, Any] = {"id": account.id}
        if "followers_count" in fields:
            told |= {"username": account.handle.lstrip("@"), "name": "N", "followers_count": account.followers,
                     "follows_count": 10, "media_count": account.posts, "biography": "Words."}  # fmt: skip
        if "media" in fields.replace("media_count", ""):
            at = int(fields.split("after(c")[1].split(")", maxsplit=1)[0]) if "after(" in fields else 0
            size = int(fields.split("limit(")[1].split(")", maxsplit=1)[0])
            posts = [self.post(account, n) for n in range(account.posts)][at : at + size]
            following = {"after": f"c{at + size}"} if at + size < account.posts else {}
            next_ = f"https://graph.example/v25.0/x?access_token={TOKEN}&after=c{at + size}"
            told["media"] = {"data": posts, "paging": {"cursors": following, **({"next": next_} if following else {})}}
        return told

    def post(self, account: Account, n: int) -> dict[str, Any]:
        return {
            "id": f"{account.id[-4:]}{n:08}", "caption": f"Post {n}", "like_count": account.likes + n,
            "comments_count": n, "media_type": "VIDEO", "media_product_type": "REELS", "view_count": 900 + n,
            "permalink": "https://www.instagram.com/reel/x/", "timestamp": "2026-11-01T08:00:00+0000",
        }  # fmt: skip

    def insights(self, post: str, fields: str) -> Reply:
        assert "insights.metric(reach,saved,shares,views)" in fields
        (account,) = [a for a in self.accounts if a.id == USER]
        told = self.post(account, int(post[-8:])) | {"owner": {"id": USER}, "username": account.handle.lstrip("@")}
        told.pop("view_count")
        figures = {"reach": 700, "saved": 6, "shares": 5, "views": 1_200}
        told["insights"] = {
            "data": [
                {"name": name, "period": "lifetime", "values": [{"value": n}], "id": f"{post}/insights/{name}/lifetime"}
                for name, n in figures.items()
            ]
        }
        return Reply(told)


@dataclass
class TikTok:
    """The interface: a token for key and secret, profiles, and videos by 30 days."""

    accounts: list[Account]
    age: int = 5
    """Days between two videos, the newest first."""
    faults: Faults = field(default_factory=Faults)
    tokens: int = 0

    def __call__(self, asked: Asked) -> Reply:
        if fault := self.faults(asked):
            return fault
        if asked.path == "/oauth/token/":
            if f"client_secret={SECRET}".encode() not in asked.body:
                return Reply({"error": "invalid_client", "error_description": "Client secret is wrong."}, 401)
            self.tokens += 1
            return Reply({"access_token": f"clt.Token{self.tokens}", "expires_in": 7200, "token_type": "Bearer"})
        if asked.headers.get("Authorization") != f"Bearer clt.Token{self.tokens}":
            return tiktok_error(401, "access_token_invalid", "The access token is invalid.")
        return self.profile(asked.json) if "user/info" in asked.path else self.videos(asked.json)

    def profile(self, body: dict[str, Any]) -> Reply:
        found = [a for a in self.accounts if a.handle == f"@{body['username']}"]
        if not found:
            return tiktok_error(400, "invalid_params", "user not found")
        told = {"display_name": "N", "bio_description": "Words.", "is_verified": False, "likes_count": 9,
                "follower_count": found[0].followers, "following_count": 3, "video_count": found[0].posts}  # fmt: skip
        return Reply({"data": told, "error": {"code": "ok", "message": "", "log_id": "1"}})

    def videos(self, body: dict[str, Any]) -> Reply:
        (name,) = body["query"]["and"][0]["field_values"]
        (account,) = [a for a in self.accounts if a.handle == f"@{name}"]
        first, last = (datetime.strptime(body[k], "%Y%m%d").replace(tzinfo=UTC) for k in ("start_date", "end_date"))
        assert timedelta(0) <= last - first < timedelta(days=30)
        newest = datetime(2026, 11, 25, 12, tzinfo=UTC)
        dates = [newest - timedelta(days=self.age * n) for n in range(account.posts)]
        there = [(n, at) for n, at in enumerate(dates) if first <= at < last + timedelta(days=1)]
        place, size = int(body.get("cursor") or 0), min(body["max_count"], 4)
        assert place == 0 or body["search_id"] == "s1"
        videos = [
            {"id": 7_000_000_000_000_000_000 + n, "create_time": int(at.timestamp()), "username": name,
             "view_count": 800, "like_count": account.likes, "comment_count": 2, "share_count": 1, "region_code": "US",
             "video_description": f"Video {n}", "hashtag_names": ["x"]}
            for n, at in there[place : place + size]
        ]  # fmt: skip
        more = place + size < len(there)
        page = {"videos": videos, "cursor": place + size, "search_id": "s1", "has_more": more}
        return Reply({"data": page, "error": {"code": "ok", "message": "", "log_id": "1"}})
