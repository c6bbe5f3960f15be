"""The whole reading side and the editing main path, through a client made from the OpenAPI document alone."""

import hashlib
import json
import os
import uuid

from lantoa_client import AuthenticatedClient, Client
from lantoa_client.api.account import show_me
from lantoa_client.api.articles import create_article, list_articles, show_article
from lantoa_client.api.content import (
    list_content, list_content_agencies, list_content_changes, list_content_editions, list_content_locales,
    list_content_topics, show_content, show_content_by_id,
)
from lantoa_client.api.editions import list_revisions, save_edition, show_edition
from lantoa_client.api.feeds import list_feeds, show_feed
from lantoa_client.api.operation import check_readiness
from lantoa_client.api.publication import publish_edition, withdraw_edition
from lantoa_client.api.review import decide_edition, submit_edition
from lantoa_client.api.sign_in import login, logout, refresh_tokens
from lantoa_client.api.verification import list_signing_keys, show_content_manifest, show_content_version
from lantoa_client import models

BASE = os.environ["BASE"]
# An answer that the document does not describe is an error. Who takes anything is given the list of feeds as a page.
reader = Client(base_url=BASE, raise_on_unexpected_status=True, headers={"Accept": "application/json"})
checks = 0


def demand(holds, what):
    global checks
    checks += 1
    if not holds:
        raise SystemExit(f"client.py: {what}")


def got(answer, status=200):
    """What an operation answered, read into its type."""
    demand(answer.status_code == status, f"{answer.status_code} and not {status}: {answer.content[:300]}")
    return answer.parsed


def signed_in(name):
    who = models.Login(email=f"{name}@lamhai.example", password=os.environ["PASSWORD"])
    first = got(login.sync_detailed(client=reader, body=who))
    tokens = got(refresh_tokens.sync_detailed(client=reader, body=models.Refresh(refresh_token=first.refresh_token)))
    client = AuthenticatedClient(base_url=BASE, token=tokens.access_token, raise_on_unexpected_status=True)
    demand(got(show_me.sync_detailed(client=client)).email == who.email, f"{name} is signed in")
    return client


def read_everything():
    got(check_readiness.sync_detailed(client=reader))
    demand(len(got(list_signing_keys.sync_detailed(client=reader)).keys) > 0, "there is a key to verify with")
    demand(got(list_feeds.sync_detailed(client=reader)) is not None, "there are feeds")
    locales = got(list_content_locales.sync_detailed(client=reader)).items
    demand(len(locales) == 10, "the office speaks ten languages")
    guids = set()
    for locale in (it.locale for it in locales):
        got(list_content_topics.sync_detailed(locale, client=reader))
        got(list_content_agencies.sync_detailed(locale, client=reader))
        # The generated client takes the first media type of an answer for all of them, and that is text.
        feed = json.loads(got(show_feed.sync_detailed(locale, "json", client=reader)))
        cursor, items = None, []
        while cursor is not None or not items:
            more = {"cursor": cursor} if cursor else {}
            page = got(list_content.sync_detailed(locale, client=reader, limit=2, **more))
            items += page.items
            cursor = page.next_cursor
            if not page.items:
                break
        demand(len({item.guid for item in items}) == len(items), "no page repeats an item")
        demand({one["id"] for one in feed["items"] if "body_html" not in one} >= {item.guid for item in items}, f"the feed of {locale} has all")
        for item in items:
            by_slug = got(show_content.sync_detailed(locale, item.slug, client=reader))
            by_id = got(show_content_by_id.sync_detailed(locale, item.id, client=reader))
            demand(by_slug.to_dict() == by_id.to_dict(), "every address gives the same")
            alone = by_slug.to_dict()
            demand(alone.pop("json_ld")["@context"] == "https://schema.org", "an item alone describes itself")
            demand(alone == item.to_dict(), "a list has the same")
            editions = got(list_content_editions.sync_detailed(item.id, client=reader)).editions
            demand(len(editions) == len(item.alternates) + 1, "alternates are the other editions")
            version = show_content_version.sync_detailed(item.id, locale, item.version, client=reader)
            demand(hashlib.sha256(version.content).hexdigest() == item.content_hash, f"{item.guid}: the bytes hash to what was signed")
            guids.add(item.guid)
    live, since, more = set(), 0, True
    while more:
        page = got(list_content_changes.sync_detailed(client=reader, since=since, limit=20))
        for change in page.items:
            gone = change.type_ in (models.ContentChangeType.WITHDRAWN, models.ContentChangeType.RETRACTED)
            (live.discard if gone else live.add)(change.guid)
        since, more = page.next_since, page.has_more
    demand(live == guids, f"the changes lead to {len(live)} items, the lists to {len(guids)}")
    demand(got(show_content_manifest.sync_detailed(client=reader)) is not None, "there is a manifest")


def publish_one():
    author, reviewer, approver, publisher = map(signed_in, ("ngan.ha", "thu.cuc", "thanh.nhon", "xuan.loc"))
    text = models.CreateArticle(
        kind=models.Kind.NEWS, agency="bao-lam-hai", source_locale="vi", topics=["dau-tu"],
        title="Cảng cá Vân Sa mở thêm một bến", summary="Bến mới dài 120 m.",
        body="Bến mới đón tàu từ **ngày 1-12**.", body_format=models.Format.MARKDOWN,
    )
    key = str(uuid.uuid4())
    made = got(create_article.sync_detailed(client=author, body=text, idempotency_key=key), 201)
    again = got(create_article.sync_detailed(client=author, body=text, idempotency_key=key), 201)
    demand(made.id == again.id, "the same request makes one article")
    at = (made.id, "vi")
    seen = show_edition.sync_detailed(*at, client=author).headers["etag"]
    better = models.SaveEdition(title=text.title, summary="Bến mới dài 150 m.", body="<p>Bến mới đón tàu từ ngày 1-12.</p>")
    saved = save_edition.sync_detailed(*at, client=author, body=better, if_match=seen)
    content_hash = got(saved).content_hash
    late = save_edition.sync_detailed(*at, client=author, body=better, if_match=seen)
    demand(isinstance(got(late, 412), models.Problem), "an old version is refused")
    got(submit_edition.sync_detailed(*at, client=author, body=models.Submit(), if_match=saved.headers["etag"]), 201)
    for who in (reviewer, approver):
        decision = models.CreateDecision(verdict=models.Verdict.APPROVE, content_hash=content_hash)
        got(decide_edition.sync_detailed(*at, client=who, body=decision))
    order = models.PublishEdition(content_hash=content_hash)
    forbidden = got(publish_edition.sync_detailed(*at, client=author, body=order), 403)
    demand(forbidden.code == "forbidden", "an author does not publish")
    publication = got(publish_edition.sync_detailed(*at, client=publisher, body=order))
    item = got(show_content_by_id.sync_detailed("vi", made.id, client=reader))
    demand((item.content_hash, item.signature) == (content_hash, publication.signature), "what is public is what was approved")
    demand(got(list_revisions.sync_detailed(*at, client=author)).items, "revisions are kept")
    demand(got(show_article.sync_detailed(made.id, client=author)).id == made.id, "the article is shown")
    demand(any(str(one.id) == str(made.id) for one in got(list_articles.sync_detailed(client=author, limit=100)).items), "and listed")
    taken = models.WithdrawEdition(reason=models.Reason.WRONG_FIGURE, note="Bến dài 130 m.")
    got(withdraw_edition.sync_detailed(*at, client=publisher, body=taken))
    demand(got(show_content_by_id.sync_detailed("vi", made.id, client=reader), 410).code == "gone", "what was withdrawn is gone")
    got(logout.sync_detailed(client=author), 204)
    demand(show_me.sync_detailed(client=author).status_code == 401, "signed out is signed out")


read_everything()
publish_one()
print(f"{checks} checks, 0 failed")
