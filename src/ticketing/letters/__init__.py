"""What we tell people: letters rendered from the order as it is when they leave, sent by SMTP, tried again.

No tables: the desk's outbox keeps what is owed. Promises: a letter leaves at least once, or somebody is told by name.
Others may call: ``send.send_due`` each round, outside any transaction; ``resend`` in one, to owe a letter once more.
"""
