"""From finding to action: findings of a supplier and round, its action plan, what workers are told, closing a round."""
