"""Which websites share infrastructure: values they have in common, how much each says, and what that makes of them.

observed → derived → cleaned (warned) → parts → members → pairs → answers (agreed) → weighed (trees, context, taught)
→ grouped → reasons
"""
