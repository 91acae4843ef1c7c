-- People of the company neither win prizes nor count in metrics.
user_id NOT IN (SELECT id FROM users WHERE is_staff)
