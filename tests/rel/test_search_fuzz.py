"""G8: whatever is asked, over HTTP, is answered, and soon: never 5xx, p99 within a second, all within three.

Five hundred questions on each database in the ordinary run, ten thousand with `--full`;
`python -m bench.search_pages 100000 --fuzz 10000` asks the same among a hundred thousand documents.
"""

import time
from collections import Counter

from search_index.services.indexing import rebuild
from tests import factories
from tests.rel.questions import addresses
from tests.search_index.test_asking import Scene


def test_no_question_breaks_the_search_or_keeps_it_busy(session, signed_in, pytestconfig):
    scene = Scene()
    factories.document(scene.measure.dossier, by=scene.coordinator, text="Приказ № 602-ОД от 27.01.2021")
    rebuild()
    client = signed_in(scene.coordinator)
    statuses, times = Counter[int](), []
    for address in addresses(10_000 if pytestconfig.getoption("--full") else 200):
        began = time.perf_counter()
        answer = client.get(address)
        times.append(time.perf_counter() - began)
        statuses[answer.status_code] += 1
        assert answer.status_code < 500, (address, answer.text[:2000])

    times.sort()
    print(dict(statuses), f"p99 {times[len(times) * 99 // 100]:.3f} s, longest {times[-1]:.3f} s")
    assert statuses.keys() <= {200, 400, 414}
    assert statuses[200] > 0.8 * len(times)
    assert times[len(times) * 99 // 100] <= 1 and times[-1] <= 3
