"""Lists ask the database as often for many orders as for few."""

from tests.roadmap.test_query_counts import asked


def test_the_list_and_the_board_ask_no_more_for_five_orders_than_for_two(scene, signed_in):
    client = signed_in(scene.head)
    register = f"/registers/{scene.register.id}"
    pages = ("/orders", "/orders/control", "/orders/discipline?since=01.01.2027", register)
    for _ in range(2):
        scene.controlled()
    few = [asked(client, page) for page in pages]

    for _ in range(3):
        scene.controlled()

    assert [asked(client, page) for page in pages] == few
    assert max(few) <= 12
