"""A double of a card processor for tests: the calls that an endpoint makes of Stripe, with the faults of a network and of a
processor. It runs on this machine only and needs nothing but Python.

    python3 double.py [PORT]        prints the address; ends when its input is closed

The clock stands still unless it is moved. Tests steer the double with POST /_control and a JSON object:

    {"do": "pay", "payment": "pi_1", "amount": 10000, "currency": "gbp"}   a payment that can be refunded
    {"do": "refund", "payment": "pi_1", "amount": 1000, "count": 1}        a person refunds on the processor's own page
    {"do": "next", "status": "pending"}             the status of the refunds that follow: pending, succeeded or requires_action
    {"do": "settle", "refund": "re_1", "status": "failed", "reason": "expired_or_canceled_card"}
    {"do": "fault", "on": "POST /v1/refunds", "fault": "lose-answer", "times": 1}
    {"do": "save", ...}, {"do": "decide", ...}      saved payment methods and their charges: charges.py
    {"do": "checkout", ...}                         payment links: links.py
    {"do": "dispute", ...}, {"do": "judge", ...}    banks that take a payment back: disputes.py
    {"do": "clock", "seconds": 90000}               moves the clock
    {"do": "delivery", "how": "normal"}             what /_control answers to "events": also doubled, reordered, old, ahead,
                                                    unsigned, wrong-key, tampered, two-keys
    {"do": "events"}                                signed webhooks: [{"payload": "...", "signature": "..."}]
    {"do": "look"}                                  everything: refunds, keys, and how often each call was made

The faults are lose-request, lose-answer, fail-before, fail-after, slow-down, cut, html, wrong-type, wrong-amount, wrong-currency, redirect, too-long
delay and late-answer (of "seconds").
"""

import hashlib
import hmac
import json
import sys
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from charges import Charges, Declined
from disputes import Disputes
from links import Links

KEYS_LAST = 24 * 3600
SECRET = "whsec_double_0123456789abcdef"
FAILURES = {
    "lost_or_stolen_card", "expired_or_canceled_card", "charge_for_pending_refund_disputed", "insufficient_funds",
    "declined", "merchant_request", "unknown",
}
REASONS = {"duplicate", "fraudulent", "requested_by_customer"}
PERMITTED = ("sk_test_", "rk_test_")


class Problem(Exception):
    """An answer that is an error, in the processor's form."""

    def __init__(self, status, message, code=None, kind="invalid_request_error"):
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "code": code, "message": message}}
        if code is None:
            del self.body["error"]["code"]


class Processor(Charges, Links, Disputes):
    """What the processor knows. One request at a time."""

    def __init__(self):
        Charges.__init__(self, Problem)
        Links.__init__(self)
        Disputes.__init__(self)
        self.lock = threading.RLock()
        self.moved = 0
        self.started = int(time.time())
        self.payments, self.refunds, self.keys = {}, [], {}
        self.faults, self.calls, self.events = [], {}, []
        self.status, self.delivery = "succeeded", "normal"
        self.number = 0

    def now(self):
        return self.started + self.moved

    def fresh(self, start):
        self.number += 1
        return f"{start}_{self.number:06}"

    # What tests do.

    def control(self, asked):
        do = asked.pop("do")
        return getattr(self, "do_" + do)(**asked)

    def do_pay(self, payment, amount, currency="gbp"):
        self.payments[payment] = {"amount": amount, "currency": currency, "charge": payment.replace("pi_", "ch_", 1)}
        return {}

    def do_next(self, status):
        self.status = status
        return {}

    def do_settle(self, refund, status, reason=None):
        found = self.refund(refund)
        found["status"] = status
        if status == "failed":
            found["failure_reason"] = reason if reason in FAILURES else "unknown"
        self.happened("refund.failed" if status == "failed" else "refund.updated", found)
        return {}

    def do_refund(self, payment, amount, count=1):
        """A person refunds on the processor's own page."""
        return [self.make({"payment_intent": payment, "amount": str(amount)}, "succeeded") for _ in range(count)]

    def do_fault(self, on, fault, times=1, seconds=0):
        self.faults += [{"on": on, "fault": fault, "seconds": seconds} for _ in range(times)]
        return {}

    def do_clock(self, seconds):
        self.moved += seconds
        return {"now": self.now()}

    def do_delivery(self, how):
        self.delivery = how
        return {}

    def do_events(self):
        events, self.events = self.events, []
        if self.delivery == "doubled":
            events = [event for event in events for _ in range(2)]
        if self.delivery == "reordered":
            events.reverse()
        return [self.delivered(event) for event in events]

    def do_look(self):
        return {"refunds": self.refunds, "charges": list(self.intents.values()), "links": [self.session(number) for number in self.sessions],
                "keys": list(self.keys), "calls": self.calls, "now": self.now()}

    # Webhooks.

    def happened(self, kind, refund):
        self.events.append({
            "id": self.fresh("evt"), "object": "event", "type": kind, "created": self.now(), "livemode": False,
            "api_version": "2024-10-28.acacia", "data": {"object": dict(refund)},
        })

    def delivered(self, event):
        payload = json.dumps(event)
        at = self.now() + {"old": -301, "ahead": 301}.get(self.delivery, 0)
        made = [sign(payload, at, SECRET)]
        if self.delivery == "wrong-key":
            made = [sign(payload, at, "whsec_other_0123456789abcdef")]
        if self.delivery == "unsigned":
            made = []
        if self.delivery == "two-keys":
            made.insert(0, sign(payload, at, "whsec_other_0123456789abcdef"))
        if self.delivery == "tampered":
            payload = payload.replace("refund", "refunb", 1)
        return {"payload": payload, "signature": ",".join([f"t={at}", *(f"v1={each}" for each in made)])}

    # What the processor does.

    def refund(self, number):
        for refund in self.refunds:
            if refund["id"] == number:
                return refund
        raise Problem(404, f"No such refund: '{number}'", "resource_missing")

    def payment(self, number):
        for name, payment in self.payments.items():
            if number in (name, payment["charge"]):
                return name, payment
        raise Problem(404, f"No such payment: '{number}'", "resource_missing")

    def left(self, name):
        gone = [each for each in self.refunds if each["payment_intent"] == name]
        gone = [each["amount"] for each in gone if each["status"] not in ("failed", "canceled")]
        return self.payments[name]["amount"] - sum(gone)

    def make(self, form, status=None):
        number = form.get("payment_intent") or form.get("charge")
        if not number:
            raise Problem(400, "One of the following params should be provided for this request: payment_intent or charge.")
        name, payment = self.payment(number)
        left = self.left(name)
        text = form.get("amount", str(left))
        if not text.isdigit() or int(text) == 0:
            raise Problem(400, f"Invalid integer: {text}", "parameter_invalid_integer")
        amount = int(text)
        if self.is_disputed(name):
            raise Problem(400, f"Charge {payment['charge']} has been charged back; cannot issue a refund.", "charge_disputed")
        if left == 0:
            raise Problem(400, f"Charge {payment['charge']} has already been refunded.", "charge_already_refunded")
        if amount > left:
            shown = [f"{value / 100:.2f}" for value in (amount, left)]
            raise Problem(400, f"Refund amount (${shown[0]}) is greater than unrefunded amount on charge (${shown[1]})")
        if form.get("reason", "duplicate") not in REASONS:
            raise Problem(400, f"Invalid reason: {form['reason']}")
        status = status or self.status
        metadata = {name[9:-1]: value for name, value in form.items() if name.startswith("metadata[")}
        refund = {
            "id": self.fresh("re"), "object": "refund", "amount": amount, "balance_transaction": None,
            "charge": payment["charge"], "created": self.now(), "currency": payment["currency"], "metadata": metadata,
            "payment_intent": name, "reason": form.get("reason"), "receipt_number": None, "status": status,
        }
        if status == "pending":
            refund["pending_reason"] = "processing"
        self.refunds.append(refund)
        self.happened("refund.created", refund)
        return refund

    def cancel(self, number):
        refund = self.refund(number)
        if refund["status"] not in ("requires_action", "pending"):
            raise Problem(400, f"You can only cancel refunds that are pending: this one is {refund['status']}.")
        refund["status"] = "canceled"
        refund["failure_reason"] = "merchant_request"
        self.happened("refund.updated", refund)
        return refund

    def listed(self, query):
        shown = [each for each in reversed(self.refunds)]
        for field in ("payment_intent", "charge"):
            if field in query:
                shown = [each for each in shown if each[field] == query[field]]
        return self.page(shown, query, "/v1/refunds")

    @staticmethod
    def page(shown, query, url):
        if "starting_after" in query:
            numbers = [each["id"] for each in shown]
            if query["starting_after"] not in numbers:
                raise Problem(404, f"No such object: '{query['starting_after']}'", "resource_missing")
            shown = shown[numbers.index(query["starting_after"]) + 1:]
        limit = int(query.get("limit", 10))
        if not 1 <= limit <= 100:
            raise Problem(400, "This value must be between 1 and 100.", "parameter_invalid_integer")
        return {"object": "list", "url": url, "has_more": len(shown) > limit, "data": shown[:limit]}

    def answer(self, method, path, query, form):
        parts = path.strip("/").split("/")
        match (method, parts):
            case ("POST", ["v1", "refunds"]):
                return self.make(form)
            case ("GET", ["v1", "refunds"]):
                return self.listed(query)
            case ("GET", ["v1", "refunds", number]):
                return self.refund(number)
            case ("POST", ["v1", "refunds", number, "cancel"]):
                return self.cancel(number)
            case ("POST", ["v1", "payment_intents"]):
                return self.charge(form)
            case ("GET", ["v1", "payment_intents"]):
                return self.page(self.listed_charges(query), query, path)
            case ("POST", ["v1", "payment_intents", number, "cancel"]):
                return self.cancel_charge(number)
            case ("POST", ["v1", "checkout", "sessions"]):
                return self.open_session(form)
            case ("GET", ["v1", "checkout", "sessions"]):
                return self.page(self.listed_sessions(query), query, path)
            case ("GET", ["v1", "checkout", "sessions", number]):
                return self.session(number)
            case ("POST", ["v1", "checkout", "sessions", number, "expire"]):
                return self.expire_session(number)
            case ("GET", ["v1", "disputes"]):
                return self.page(self.listed_disputes(query), query, path)
            case ("GET", ["v1", "customers", number, "payment_methods"]):
                return self.page(self.listed_methods(number), query, path)
            case ("GET", ["v1", "payment_intents", number]) if number in self.intents:
                return self.with_method(self.intent(number), query)
            case ("GET", ["v1", "payment_intents", number]):
                name, payment = self.payment(number)
                return {"id": name, "object": "payment_intent", "amount": payment["amount"], "status": "succeeded",
                        "amount_received": payment["amount"], "currency": payment["currency"],
                        "latest_charge": payment["charge"]}
            case ("GET", ["v1", "charges", number]):
                name, payment = self.payment(number)
                return {"id": payment["charge"], "object": "charge", "amount": payment["amount"], "paid": True,
                        "amount_refunded": payment["amount"] - self.left(name), "currency": payment["currency"],
                        "payment_intent": name, "status": "succeeded"}
        raise Problem(404, f"Unrecognized request URL ({method}: {path}).")

    def with_key(self, key, method, path, form, fails):
        """A request with a key: the same again has the same answer, for a day."""
        self.keys = {name: kept for name, kept in self.keys.items() if self.now() - kept["at"] < KEYS_LAST}
        kept = self.keys.get(key)
        if kept:
            if kept["form"] != form or kept["path"] != path:
                raise Problem(400, "Keys for idempotent requests can only be used with the same parameters they were first "
                              f"used with. Try using a key other than '{key}' if you meant to execute a different request.",
                              kind="idempotency_error")
            return kept["status"], kept["body"], True
        status, body = 500, {"error": {"type": "api_error", "message": "An unknown error occurred"}}
        if fails != "fail-before":
            try:
                made = (200, self.answer(method, path, {}, form))
            except Declined as declined:
                made = (declined.status, declined.body)
            if fails != "fail-after":
                # As it was when it was made: a repetition shows what the first answer said.
                status, body = made[0], json.loads(json.dumps(made[1]))
        self.keys[key] = {"at": self.now(), "form": form, "path": path, "status": status, "body": body}
        return status, body, False


def sign(payload, at, secret):
    return hmac.new(secret.encode(), f"{at}.{payload}".encode(), hashlib.sha256).hexdigest()


PROCESSOR = Processor()


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.handle_one()

    def do_POST(self):
        self.handle_one()

    def handle_one(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
        url = urlsplit(self.path)
        if url.path == "/_control":
            with PROCESSOR.lock:
                return self.send(200, PROCESSOR.control(json.loads(body)))
        call = f"{self.command} {self.route(url.path)}"
        with PROCESSOR.lock:
            PROCESSOR.calls[call] = PROCESSOR.calls.get(call, 0) + 1
            fault = next((each for each in PROCESSOR.faults if each["on"] in (call, "any")), None)
            if fault:
                PROCESSOR.faults.remove(fault)
        name = fault["fault"] if fault else None
        if name == "delay":
            time.sleep(fault["seconds"])
        if name == "lose-request":
            return self.hang_up()
        if name == "slow-down":
            return self.send(429, {"error": {"type": "invalid_request_error", "code": "rate_limit", "message": "Too many requests"}},
                             {"Retry-After": "2"})
        status, answer, extra = self.worked_out(url, body, name)
        if name == "lose-answer":
            return self.hang_up()
        if name == "late-answer":
            time.sleep(fault["seconds"])
        if name == "html":
            return self.raw(200, b"<html><body>Sign in to the network</body></html>", "text/html")
        if name == "wrong-type":
            return self.raw(status, json.dumps(answer).encode(), "text/plain")
        if name == "redirect":
            return self.raw(302, b"", "text/html", {"Location": "/v1/refunds"})
        if name == "too-long":
            return self.raw(status, json.dumps({**answer, "filler": "x" * (2 << 20)}).encode(), "application/json")
        if name == "cut":
            whole = json.dumps(answer).encode()
            self.raw(status, whole[: len(whole) // 2], "application/json", {"Content-Length": str(len(whole))})
            return self.hang_up()
        if name == "wrong-amount":
            amounts = [field for field in ("amount", "amount_received", "amount_total") if answer.get(field)]
            answer = {**answer, **{field: answer[field] + 1 for field in amounts}}
        if name == "wrong-currency":
            answer = {**answer, "currency": "usd"}
        return self.send(status, answer, extra)

    @staticmethod
    def route(path):
        parts = path.strip("/").split("/")
        named = 3 if parts[1:2] == ["checkout"] else 2
        return "/" + "/".join("{id}" if index == named else part for index, part in enumerate(parts))

    def worked_out(self, url, body, fault):
        with PROCESSOR.lock:
            try:
                self.check_key()
                form, query = dict(parse_qsl(body, keep_blank_values=True)), dict(parse_qsl(url.query))
                fails = fault if fault in ("fail-before", "fail-after") else None
                key = self.headers.get("idempotency-key")
                if self.command == "POST" and key:
                    if len(key) > 255:
                        raise Problem(400, "Idempotency keys can be at most 255 characters.")
                    status, answer, again = PROCESSOR.with_key(key, self.command, url.path, form, fails)
                    return status, answer, {"Idempotent-Replayed": "true"} if again else {}
                if fails == "fail-before":
                    raise Problem(500, "An unknown error occurred", kind="api_error")
                answer = PROCESSOR.answer(self.command, url.path, query, form)
                if fails:
                    raise Problem(500, "An unknown error occurred", kind="api_error")
                return 200, answer, {}
            except (Problem, Declined) as problem:
                return problem.status, problem.body, {}

    def check_key(self):
        key = (self.headers.get("authorization") or "").removeprefix("Bearer ")
        if not key.startswith(PERMITTED):
            raise Problem(401, "Invalid API Key provided")
        if key.startswith("rk_test_") and "noright" in key:
            raise Problem(403, "The provided key does not have the required permissions for this endpoint.")

    def send(self, status, answer, extra=None):
        self.raw(status, json.dumps(answer).encode(), "application/json", extra)

    def raw(self, status, body, media, extra=None):
        self.send_response_only(status)
        headers = {"Date": formatdate(PROCESSOR.now(), usegmt=True), "Content-Type": media,
                   "Request-Id": PROCESSOR.fresh("req"), "Content-Length": str(len(body))}
        for name, value in {**headers, **(extra or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self):
        self.close_connection = True
        self.wfile.flush()


def main():
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
