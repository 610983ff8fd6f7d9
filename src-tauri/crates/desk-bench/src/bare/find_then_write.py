"""Saves pages of orders as the integration guide shows it: look each order up, set its fields or add it, one commit per page.

Takes the database's path; a page per line of standard input, as a list of objects by column. Answers each page's milliseconds.
"""

import json
import sys
import time

from sqlalchemy import create_engine
from sqlalchemy.ext.automap import automap_base
from sqlalchemy.orm import Session

engine = create_engine(f"sqlite:///{sys.argv[1]}")
tables = automap_base()
tables.prepare(autoload_with=engine)
Order = tables.classes.orders

times = []
with Session(engine) as session:
    for line in sys.stdin:
        page = json.loads(line)
        for fields in page:
            fields["content_hash"] = bytes.fromhex(fields["content_hash"])
        start = time.perf_counter()
        for fields in page:
            found = session.query(Order).filter(Order.order_sn == fields["order_sn"]).first()
            if found:
                for name, value in fields.items():
                    setattr(found, name, value)
            else:
                session.add(Order(**fields))
        session.commit()
        times.append((time.perf_counter() - start) * 1000)
json.dump(times, sys.stdout)
