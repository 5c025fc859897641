from addon.ui.session import Failed, Findings, Session, Work


def told():
    session = Session()
    session.failed[7] = Failed({}, "0001_S")
    session.findings[7] = Findings(["note"])
    session.best[7], session.wanted[7], session.report = {"value": 1.0}, "Ball rests", "report.html"
    session.say(error="The script failed at frame 3", line=4, scene=7)
    return session


def test_what_was_told_of_a_state_is_forgotten_with_it():
    session = told()
    session.restore()
    assert (session.failed, session.findings, session.error, session.error_line, session.report) == ({}, {}, "", 0, "")
    assert session.best


def test_what_is_told_of_work_that_goes_on_stays():
    session = told()
    session.work = Work(None, lambda result: None)
    session.restore()
    assert session.error
    assert not session.failed


def test_another_file_leaves_nothing():
    session = told()
    session.forget()
    fresh = Session()
    for name in ("failed", "findings", "best", "wanted", "asked", "report", "message", "error", "fixes"):
        assert getattr(session, name) == getattr(fresh, name), name
