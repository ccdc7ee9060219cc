"""SignalR hubs: the JSON hub protocol in a codec of our own, three transports, and what each hub says.

`codec` `downloads` `jobs` and `negotiations` are pure; `audience` and its two kinds tell sessions what their hub says;
`session` is one connection's protocol, carried by `sockets`, `streams` or `polling`; `wire` has the routes.
"""
