"""The disputes of the double: banks that take back what was paid.

    {"do": "dispute", "payment": "pi_1", "amount": 5000, "status": "needs_response", "reason": "fraudulent", "fee": 1500}
                                    a bank takes a payment back, or a part of it; a status that begins with warning_ is a question only
    {"do": "judge", "dispute": "dp_1", "status": "won", "fee": true}      the bank decides; whether the fee comes back, too
"""

STATUSES = {"warning_needs_response", "warning_under_review", "warning_closed", "needs_response", "under_review", "won", "lost"}


class Disputes:
    """What the processor knows of disputes. A part of the processor."""

    def __init__(self):
        self.disputes = []

    def do_dispute(self, payment, amount=None, status="needs_response", reason="fraudulent", fee=1500):
        name, found = self.payment(payment)
        dispute = {
            "id": self.fresh("dp"), "object": "dispute", "amount": amount or found["amount"], "balance_transactions": [],
            "charge": found["charge"], "created": self.now(), "currency": found["currency"],
            "evidence_details": {"due_by": self.now() + 7 * 24 * 3600, "has_evidence": False, "submission_count": 0},
            "is_charge_refundable": False, "livemode": False, "metadata": {}, "payment_intent": name, "reason": reason,
            "status": status,
        }
        self.disputes.append(dispute)
        self.enter_dispute(dispute, status, fee)
        return dispute

    def do_judge(self, dispute, status, fee=False):
        found = next(each for each in self.disputes if each["id"] == dispute)
        self.enter_dispute(found, status, sum(each["fee"] for each in found["balance_transactions"]) if fee else 0)
        return found

    def enter_dispute(self, dispute, status, fee):
        assert status in STATUSES
        dispute["status"], moved = status, dispute["balance_transactions"]
        if not status.startswith("warning_") and not moved:
            self.move(dispute, -1, fee)
        if status == "won":
            self.move(dispute, 1, -fee)
        kind = "charge.dispute.closed" if status in ("won", "lost") else "charge.dispute.created"
        self.happened(kind, dispute)

    def move(self, dispute, sign, fee):
        amount = sign * dispute["amount"]
        dispute["balance_transactions"].append({
            "id": self.fresh("txn"), "object": "balance_transaction", "amount": amount, "currency": dispute["currency"],
            "fee": fee, "net": amount - fee, "type": "adjustment", "reporting_category": "dispute",
        })

    def is_disputed(self, name):
        return any(each["payment_intent"] == name and each["status"] != "won" and each["balance_transactions"]
                   for each in self.disputes)

    def listed_disputes(self, query):
        since = int(query.get("created[gte]", 0))
        shown = [each for each in reversed(self.disputes) if each["created"] >= since]
        for field in ("payment_intent", "charge"):
            if field in query:
                shown = [each for each in shown if each[field] == query[field]]
        return shown
