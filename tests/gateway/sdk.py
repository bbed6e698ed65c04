"""Drives the double with the processor's own library, so that the double says what the processor says.

    python3 sdk.py          with the package stripe; prints what was tried, and ends with 1 if anything differs
"""

import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import stripe

CHECKS = []


def check(of):
    CHECKS.append(of)
    return of


class Double:
    """The double, in a process of its own."""

    def __init__(self):
        script = Path(__file__).with_name("double.py")
        self.process = subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        self.client = self.as_key("rk_test_double")

    def as_key(self, key):
        return stripe.StripeClient(key, base_addresses={"api": self.address}, max_network_retries=0)

    def control(self, do, **rest):
        request = urllib.request.Request(self.address + "/_control", json.dumps({"do": do, **rest}).encode())
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            return json.load(answer)

    def make(self, payment="pi_1", amount=3000, key=None, **rest):
        params = {"payment_intent": payment, "amount": amount, **rest}
        return self.client.v1.refunds.create(params, {"idempotency_key": key} if key else {})

    def fails(self, kind, call):
        try:
            call()
        except kind as error:
            return error
        raise AssertionError(f"no {kind.__name__}")


@check
def a_refund_is_made_with_what_it_is_of(double):
    made = double.make(metadata={"counterfoil_shop": "s", "counterfoil_refund": "r"}, reason="requested_by_customer")
    assert made.object == "refund" and made.status == "succeeded" and made.amount == 3000 and made.currency == "gbp"
    assert made.metadata["counterfoil_refund"] == "r" and made.payment_intent == "pi_1" and made.charge == "ch_1"
    assert double.client.v1.refunds.retrieve(made.id).id == made.id


@check
def the_same_key_is_the_same_refund_for_a_day(double):
    first = double.make(key="k1")
    again = double.make(key="k1")
    assert first.id == again.id and again.last_response.headers["idempotent-replayed"] == "true"
    assert len(double.control("look")["refunds"]) == 1
    double.control("clock", seconds=24 * 3600)
    assert double.make(key="k1").id != first.id


@check
def another_request_with_the_same_key_is_refused(double):
    double.make(key="k1")
    double.fails(stripe.IdempotencyError, lambda: double.make(key="k1", amount=2999))


@check
def more_than_is_left_is_refused(double):
    double.make(amount=7000)
    error = double.fails(stripe.InvalidRequestError, lambda: double.make(amount=3001))
    assert "is greater than unrefunded amount" in str(error)
    double.make(amount=3000)
    error = double.fails(stripe.InvalidRequestError, lambda: double.make(amount=1))
    assert error.code == "charge_already_refunded"


@check
def a_failed_refund_makes_room(double):
    made = double.make(amount=10000)
    double.control("settle", refund=made.id, status="failed", reason="expired_or_canceled_card")
    found = double.client.v1.refunds.retrieve(made.id)
    assert found.status == "failed" and found.failure_reason == "expired_or_canceled_card"
    double.make(amount=10000)


@check
def lists_have_pages(double):
    made = [double.make(amount=10).id for _ in range(5)]
    first = double.client.v1.refunds.list({"payment_intent": "pi_1", "limit": 2})
    assert [each.id for each in first.data] == made[:2:-1] and first.has_more
    assert [each.id for each in first.auto_paging_iter()] == made[::-1]
    assert double.client.v1.refunds.list({"payment_intent": "pi_2"}).data == []
    assert len(double.client.v1.refunds.list({"charge": "ch_1"}).data) == 5


@check
def a_pending_refund_can_be_canceled(double):
    double.control("next", status="pending")
    made = double.make()
    assert made.status == "pending" and made.pending_reason == "processing"
    assert double.client.v1.refunds.cancel(made.id).status == "canceled"
    double.fails(stripe.InvalidRequestError, lambda: double.client.v1.refunds.cancel(made.id))


@check
def payments_are_shown(double):
    assert double.client.v1.payment_intents.retrieve("pi_1").currency == "gbp"
    double.make(amount=2500)
    assert double.client.v1.charges.retrieve("ch_1").amount_refunded == 2500
    double.fails(stripe.InvalidRequestError, lambda: double.client.v1.payment_intents.retrieve("pi_9"))


@check
def keys_have_rights(double):
    wrong, without = double.as_key("pk_test_double"), double.as_key("rk_test_noright")
    double.fails(stripe.AuthenticationError, lambda: wrong.v1.refunds.list())
    double.fails(stripe.PermissionError, lambda: without.v1.refunds.list())


@check
def failures_are_kept_with_the_key(double):
    double.control("fault", on="POST /v1/refunds", fault="fail-after")
    double.fails(stripe.APIError, lambda: double.make(key="k1"))
    double.fails(stripe.APIError, lambda: double.make(key="k1"))
    assert len(double.control("look")["refunds"]) == 1
    double.control("fault", on="POST /v1/refunds", fault="fail-before")
    double.fails(stripe.APIError, lambda: double.make(key="k2"))
    assert len(double.control("look")["refunds"]) == 1


@check
def faults_are_as_of_a_network(double):
    for fault, kind, made in [("lose-request", stripe.APIConnectionError, 0), ("lose-answer", stripe.APIConnectionError, 1),
                              ("slow-down", stripe.RateLimitError, 0), ("cut", stripe.APIConnectionError, 1),
                              ("html", stripe.APIError, 1)]:
        before = len(double.control("look")["refunds"])
        double.control("fault", on="POST /v1/refunds", fault=fault)
        double.fails(kind, lambda: double.make(amount=10))
        assert len(double.control("look")["refunds"]) - before == made, fault


def charge(double, method="pm_1", amount=3000, key=None, **rest):
    params = {"amount": amount, "currency": "gbp", "customer": "cus_1", "payment_method": method, "confirm": True,
              "off_session": True, **rest}
    return double.client.v1.payment_intents.create(params, {"idempotency_key": key} if key else {})


@check
def a_saved_payment_method_is_charged_and_can_be_refunded(double):
    double.control("save", customer="cus_1", method="pm_1")
    made = charge(double, metadata={"counterfoil_shop": "s", "counterfoil_charge": "k"})
    assert made.status == "succeeded" and made.amount_received == 3000 and made.metadata["counterfoil_charge"] == "k"
    listed = double.client.v1.payment_intents.list({"customer": "cus_1", "limit": 100})
    assert [each.id for each in listed.data] == [made.id] and not listed.has_more
    assert double.make(payment=made.id, amount=3000).status == "succeeded"
    card = double.client.v1.customers.payment_methods.list("cus_1").data[0].card
    assert (card.brand, card.last4, card.exp_year) == ("visa", "4242", 2031)


@check
def a_declined_charge_says_why_is_kept_with_its_key_and_can_be_canceled(double):
    double.control("save", customer="cus_1", method="pm_1", outcome="insufficient_funds")
    for _ in range(2):
        error = double.fails(stripe.CardError, lambda: charge(double, key="k1"))
        assert error.code == "card_declined" and error.error.decline_code == "insufficient_funds"
        assert error.error.payment_intent["status"] == "requires_payment_method"
    assert len(double.control("look")["charges"]) == 1
    canceled = double.client.v1.payment_intents.cancel(error.error.payment_intent["id"])
    assert canceled.status == "canceled" and canceled.last_payment_error.decline_code == "insufficient_funds"
    double.fails(stripe.InvalidRequestError, lambda: double.client.v1.payment_intents.cancel(canceled.id))


@check
def a_charge_can_need_the_customer(double):
    double.control("save", customer="cus_1", method="pm_1", outcome="approve")
    error = double.fails(stripe.CardError, lambda: charge(double))
    assert error.code == "authentication_required"


@check
def a_charge_can_be_under_way(double):
    double.control("save", customer="cus_1", method="pm_1", outcome="processing")
    made = charge(double)
    assert made.status == "processing"
    double.control("decide", charge=made.id, status="succeeded")
    assert double.client.v1.payment_intents.retrieve(made.id).status == "succeeded"


@check
def who_is_not_there_is_not_charged(double):
    double.control("save", customer="cus_1", method="pm_1")
    double.fails(stripe.InvalidRequestError, lambda: charge(double, method="pm_9"))
    double.fails(stripe.InvalidRequestError, lambda: charge(double, customer="cus_9"))
    error = double.fails(stripe.InvalidRequestError, lambda: double.client.v1.payment_intents.list({"customer": "cus_9"}))
    assert error.code == "resource_missing"
    assert double.control("look")["charges"] == []


def link(double, key=None, **rest):
    price = {"currency": "gbp", "unit_amount": 3000, "product_data": {"name": "AI-0001"}}
    params = {"mode": "payment", "payment_method_types": ["card"], "line_items": [{"quantity": 1, "price_data": price}],
              "success_url": "https://shop.example/v1/paid", "client_reference_id": "k",
              "expires_at": double.control("look")["now"] + 22 * 3600,
              "metadata": {"counterfoil_shop": "s", "counterfoil_charge": "k"},
              "payment_intent_data": {"metadata": {"counterfoil_shop": "s", "counterfoil_charge": "k"}}, **rest}
    return double.client.v1.checkout.sessions.create(params, {"idempotency_key": key} if key else {})


@check
def a_link_is_paid_on_the_page_of_the_processor_and_can_be_refunded(double):
    made = link(double, key="k1")
    assert (made.object, made.status, made.payment_status, made.amount_total) == ("checkout.session", "open", "unpaid", 3000)
    assert made.url.startswith("https://") and made.payment_intent is None and made.client_reference_id == "k"
    assert link(double, key="k1").id == made.id
    listed = double.client.v1.checkout.sessions.list({"created": {"gte": made.created}, "limit": 100})
    assert [each.id for each in listed.data] == [made.id]
    assert double.client.v1.checkout.sessions.list({"created": {"gte": made.created + 1}}).data == []
    double.control("checkout", link=made.id)
    paid = double.client.v1.checkout.sessions.retrieve(made.id)
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    intent = double.client.v1.payment_intents.retrieve(paid.payment_intent)
    assert intent.status == "succeeded" and intent.metadata["counterfoil_charge"] == "k"
    assert double.make(payment=intent.id, amount=3000).status == "succeeded"
    double.fails(stripe.InvalidRequestError, lambda: double.client.v1.checkout.sessions.expire(made.id))
    kinds = [json.loads(event["payload"])["type"] for event in double.control("events")]
    assert "checkout.session.completed" in kinds, kinds


@check
def a_link_saves_the_card_if_that_is_asked_for(double):
    made = link(double, customer_creation="always", payment_intent_data={
        "setup_future_usage": "off_session", "metadata": {"counterfoil_shop": "s", "counterfoil_charge": "k"}})
    assert made.customer is None
    double.control("checkout", link=made.id)
    paid = double.client.v1.checkout.sessions.retrieve(made.id)
    intent = double.client.v1.payment_intents.retrieve(paid.payment_intent, {"expand": ["payment_method"]})
    assert intent.setup_future_usage == "off_session" and intent.metadata["counterfoil_charge"] == "k"
    assert intent.payment_method.customer == paid.customer and intent.payment_method.card.last4 == "4242"
    saved = double.client.v1.customers.payment_methods.list(paid.customer, {"type": "card"})
    assert [each.id for each in saved.data] == [intent.payment_method.id]
    made = link(double)
    double.control("checkout", link=made.id)
    paid = double.client.v1.checkout.sessions.retrieve(made.id)
    intent = double.client.v1.payment_intents.retrieve(paid.payment_intent, {"expand": ["payment_method"]})
    assert paid.customer is None and intent.setup_future_usage is None


@check
def a_link_ends_by_itself_or_by_hand(double):
    made = link(double)
    assert double.client.v1.checkout.sessions.expire(made.id).status == "expired"
    assert not double.control("checkout", link=made.id)["paid"]
    made = link(double)
    double.control("clock", seconds=22 * 3600)
    assert double.client.v1.checkout.sessions.retrieve(made.id).status == "expired"
    now = double.control("look")["now"]
    for wrong in [now + 1799, now + 24 * 3600 + 1]:
        double.fails(stripe.InvalidRequestError, lambda: link(double, expires_at=wrong))


@check
def a_dispute_takes_the_payment_and_a_fee_and_gives_back_what_is_won(double):
    made = double.control("dispute", payment="pi_1", amount=6000)
    listed = double.client.v1.disputes.list({"limit": 100, "created": {"gte": made["created"]}})
    assert [each.id for each in listed.data] == [made["id"]] and not listed.has_more
    dispute = listed.data[0]
    assert (dispute.status, dispute.amount, dispute.payment_intent, dispute.charge) == ("needs_response", 6000, "pi_1", "ch_1")
    assert [(each.amount, each.fee) for each in dispute.balance_transactions] == [(-6000, 1500)]
    assert dispute.evidence_details.due_by > made["created"]
    error = double.fails(stripe.InvalidRequestError, lambda: double.make())
    assert error.code == "charge_disputed"
    double.control("judge", dispute=dispute.id, status="won", fee=True)
    won = double.client.v1.disputes.list({"payment_intent": "pi_1"}).data[0]
    assert won.status == "won" and sum(each.amount for each in won.balance_transactions) == 0
    assert sum(each.fee for each in won.balance_transactions) == 0
    assert double.client.v1.disputes.list({"created": {"gte": made["created"] + 1}}).data == []
    double.make()
    assert double.control("events")[0]["payload"].find('"charge.dispute.created"') > 0


@check
def webhooks_are_signed(double):
    made = double.make()
    construct = stripe.Webhook.construct_event

    def delivered(how):
        double.control("delivery", how=how)
        double.control("settle", refund=made.id, status="succeeded")
        return double.control("events")[-1]

    secret, kept = "whsec_double_0123456789abcdef", delivered("normal")
    event = construct(kept["payload"], kept["signature"], secret)
    assert event.type == "refund.updated" and event.data.object.id == made.id
    both = delivered("two-keys")
    construct(both["payload"], both["signature"], secret)
    # The library lets webhooks of the future pass; the endpoint does not.
    for how, key in [("old", secret), ("tampered", secret), ("unsigned", secret), ("wrong-key", secret), ("normal", "whsec_wrong")]:
        sent = delivered(how)
        double.fails(stripe.SignatureVerificationError, lambda: construct(sent["payload"], sent["signature"], key))


@check
def the_sample_of_the_endpoint_is_signed_as_the_library_signs(_double):
    sample = json.loads(Path(__file__).with_name("webhook.json").read_text())
    signed = f"{sample['at']}.{sample['payload']}"
    signature = stripe.WebhookSignature._compute_signature(signed, sample["secret"])
    assert sample["signature"] == f"t={sample['at']},v1={signature}"
    assert stripe.WebhookSignature.verify_header(sample["payload"], sample["signature"], sample["secret"])


def main():
    failed = 0
    for each in CHECKS:
        double, started = Double(), time.monotonic()
        try:
            double.control("pay", payment="pi_1", amount=10000)
            each(double)
            print(f"ok {each.__name__} ({time.monotonic() - started:.1f} s)")
        except Exception as error:  # What differs is printed; the others are still tried.
            failed += 1
            print(f"FAIL {each.__name__}: {type(error).__name__}: {error}")
        finally:
            double.process.stdin.close()
            double.process.wait()
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
