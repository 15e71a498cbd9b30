-- Who may send payments, and by what its messages are known to be its own: a shared secret or its public key, sealed.
create table channel (
    area integer not null,
    channel {text} not null,
    name {text} not null,
    algorithm {text} not null,
    salt {bytes} not null,
    secret {bytes} not null,
    closed_by {long},
    act_id {long} not null,
    constraint channel_pk primary key (area, channel),
    constraint channel_algorithm check (algorithm in ('hmac-sha256', 'sm2-sm3'))
) {strict};

-- Numbers used once, kept as long as a message with one could still be fresh.
create table channel_nonce (
    area integer not null,
    channel {text} not null,
    nonce {text} not null,
    used_at {instant} not null,
    constraint channel_nonce_pk primary key (area, channel, nonce)
) {strict};
