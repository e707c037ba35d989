"""Papers as reviewers see them: pages of our own making, for who is at the application, each look noted."""

from tests.papers.hand import PAGE
from tests.web.auditing import entries
from tests.web.reading import words
from tests.web.review.office import WEDDING, Office, Reviewer


def test_papers_are_seen_by_who_took_the_application_alone(office: Office, rosa: Reviewer, sven: Reviewer) -> None:
    applicant = office.applies_with_paper(WEDDING)
    (paper,) = applicant.papers()
    rosa.takes(applicant.number)
    url = f"/review/applications/{applicant.number}/papers/{paper.id}"

    page, picture = rosa.client.get(url), rosa.client.get(f"{url}/1")

    assert "Page 1 of 1" in words(page) and (picture.status_code, picture.data) == (200, PAGE.content)
    assert [sven.client.get(one).status_code for one in (url, f"{url}/1")] == [404, 404]
    assert [rosa.client.get(f"{url}/{one}").status_code for one in (0, 2)] == [404, 404]


def test_a_picture_may_do_nothing_and_is_kept_nowhere(office: Office, rosa: Reviewer) -> None:
    applicant = office.applies_with_paper(WEDDING)
    (paper,) = applicant.papers()
    rosa.takes(applicant.number)

    headers = rosa.client.get(f"/review/applications/{applicant.number}/papers/{paper.id}/1").headers

    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert headers["Content-Disposition"] == 'inline; filename="page-1.jpg"'
    assert (headers["Content-Type"], headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_each_look_at_a_paper_is_noted(office: Office, rosa: Reviewer) -> None:
    applicant = office.applies_with_paper(WEDDING)
    (paper,) = applicant.papers()
    rosa.takes(applicant.number)
    url = f"/review/applications/{applicant.number}/papers/{paper.id}"
    for page in (url, f"{url}/1", f"{url}/1"):
        rosa.client.get(page)

    looks = entries(office.counter.store, "person.looked_at")
    assert sorted(details["at"] for _, _, details in looks) == ["paper", "review"]
    assert len(entries(office.counter.store, "paper.page_shown")) == 2
