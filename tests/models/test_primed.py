from addon.models import ChatAnswer, ChatRequest, Message, PrimedChat


class Server:
    """Answers everything, and keeps what it was asked."""

    def __init__(self):
        self.asked = []

    def complete(self, request, on_text=None):
        self.asked.append(request)
        return ChatAnswer("ready", "stop", 1, 1)


def request(instructions, rule):
    return ChatRequest("m", (Message("system", instructions), Message("user", rule)), {"seed": 0}, "p 1")


def test_the_instructions_alone_are_asked_with_before_each_request():
    server = Server()
    chat = PrimedChat(server)
    for instructions, rule in (("Do.", "a"), ("Do.", "b"), ("Undo.", "c"), ("Do.", "d")):
        assert chat.complete(request(instructions, rule)).text == "ready"
    primes, requests = server.asked[::2], server.asked[1::2]
    assert [r.messages[1].content for r in requests] == list("abcd")
    assert [p.messages[0].content for p in primes] == ["Do.", "Do.", "Undo.", "Do."]
    assert len({p.messages[1] for p in primes}) == 1
    assert {p.grammar for p in primes} == {'root ::= "ready"'}
    assert [p.parameters["extra_body"]["cache_prompt"] for p in primes] == [False, True, False, False]
