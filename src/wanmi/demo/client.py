"""A person of the demo city at their phone or desk: everything over the HTTP interface."""

from typing import Any, TypeAlias

import httpx
from django.utils.translation import get_language

from wanmi.demo.people import PASSWORD

# Any: answers are JSON documents.
Json: TypeAlias = dict[str, Any]

TIMEOUT_SECONDS = 30.0


class Unexpected(Exception):
    """The server answered something else than the person had a right to expect."""

    def __init__(self, response: httpx.Response) -> None:
        request = response.request
        text = response.text[:400]
        super().__init__(f"{request.method} {request.url.path}: {response.status_code} {text}")
        self.status = response.status_code


class Person:
    """Somebody with an account; signs in with the first request."""

    def __init__(self, url: str, username: str, password: str = PASSWORD) -> None:
        self.username = username
        self._password = password
        self._web = httpx.Client(
            base_url=f"{url}/api/v1",
            timeout=TIMEOUT_SECONDS,
            headers={"Accept-Language": get_language() or "zh-hans"},
        )
        self._signed_in = False

    def report(self, **fields: Any) -> Json:
        """Report a problem; see `POST /reports`."""
        return self._send("POST", "/reports", json=fields)

    def upload(self, picture: bytes, name: str = "photo.jpg") -> int:
        """Upload a photograph and return its id."""
        answer = self._send("POST", "/media", files={"file": (name, picture, "image/jpeg")})
        return int(answer["id"])

    def tasks(self, case: str = "") -> list[Json]:
        """Return my open tasks and my posts', of one case or of all."""
        params = {"limit": "50", **({"case": case} if case else {})}
        items: list[Json] = self._send("GET", "/tasks", params=params)["items"]
        return items

    def act(self, task: int, action: str, **fields: Any) -> Json:
        """Finish a task and return the case."""
        return self._send("POST", f"/tasks/{task}/actions/{action}", json=fields)

    def case(self, number: str) -> Json:
        """Return a case whole."""
        return self._send("GET", f"/cases/{number}")

    def duty(self) -> Json:
        """Return my shift, stint and open alarm."""
        return self._send("GET", "/duty")

    def sign_on(self, lon: float, lat: float) -> Json:
        """Go on duty at a place."""
        return self._send("POST", "/duty/sign-on", json={"lon": lon, "lat": lat})

    def send_tracks(self, **columns: Any) -> Json:
        """Send positions; see `POST /tracks`."""
        return self._send("POST", "/tracks", json=columns)

    def leave(self) -> None:
        """Give the token back and close the connection."""
        if self._signed_in:
            self._web.delete("/auth/token")
        self._web.close()

    def _send(self, method: str, path: str, **content: Any) -> Json:
        if not self._signed_in:
            self._sign_in()
        response = self._web.request(method, path, **content)
        if response.status_code == httpx.codes.UNAUTHORIZED:
            self._sign_in()
            response = self._web.request(method, path, **content)
        return _answer(response)

    def _sign_in(self) -> None:
        self._web.headers.pop("Authorization", None)
        credentials = {"username": self.username, "password": self._password, "label": "demo"}
        token = _answer(self._web.post("/auth/token", json=credentials))["token"]
        self._web.headers["Authorization"] = f"Bearer {token}"
        self._signed_in = True


def _answer(response: httpx.Response) -> Json:
    if response.is_error:
        raise Unexpected(response)
    answer: Json = response.json()
    return answer


def filled(task: Json, action: str, given: Json) -> Json:
    """Fill the form of a task's action: what is given, else the suggestion, else the first choice.

    Only fields the form has are sent; a field that is not required stays empty without either.
    """
    form = next(each["fields"] for each in task["actions"] if each["name"] == action)
    fields: Json = {}
    for name, field in form.get("properties", {}).items():
        choices = [choice["const"] for choice in field.get("oneOf", [])]
        if name in given and (not choices or given[name] in choices):
            fields[name] = given[name]
        elif "default" in field:
            fields[name] = field["default"]
        elif choices and (name in form.get("required", ()) or name == "standard"):
            fields[name] = choices[0]
    return fields
