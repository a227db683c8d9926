-- The next start makes an RSA key in its place. Tokens signed before are no longer valid: clients ask for new ones.
delete from signing_key;
