"""Which websites share infrastructure: values they have in common, how much each says, and what that makes of them.

observed → cleaned → derived → members → pairs → levels → weighed → grouped → reasons
"""
