"""The straight lines drawn on a page of a PDF: strokes, thin filled shapes, also inside forms."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

MAX_OBJECTS = 60_000
MAX_SEGMENTS = 60_000
MAX_FORM_DEPTH = 6
# In points; a thicker filled shape is a shading.
THICKEST_RULE = 3.5

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


def segments(page: Any) -> Iterator[tuple[Point, Point]]:
    """The straight strokes drawn on a page, in its own coordinates; white ones are left out."""
    for path, matrix in _paths(page):
        points = _subpaths(path, matrix)
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        for line in points:
            if stroke.value and not _is_white(path, pdfium.FPDFPageObj_GetStrokeColor):
                yield from zip(line, line[1:], strict=False)
            elif fill.value and not _is_white(path, pdfium.FPDFPageObj_GetFillColor):
                yield from _spine(line)


def _is_white(path: Any, colour_of: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not colour_of(path, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) >= 250 or alpha.value == 0


def _spine(line: list[Point]) -> Iterator[tuple[Point, Point]]:
    """The middle of a filled shape that is thin enough to be a rule."""
    xs, ys = [x for x, _ in line], [y for _, y in line]
    left, right, low, high = min(xs), max(xs), min(ys), max(ys)
    if high - low <= THICKEST_RULE and right - left > high - low:
        yield (left, (low + high) / 2), (right, (low + high) / 2)
    elif right - left <= THICKEST_RULE and high - low > right - left:
        yield ((left + right) / 2, low), ((left + right) / 2, high)


def _paths(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """Path objects of a page with the matrix that brings them to the page, also inside forms."""
    stack: list[tuple[Any, Matrix, int]] = []
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        stack.append((pdfium.FPDFPage_GetObject(page, index), (1, 0, 0, 1, 0, 0), 0))
    visited = 0
    while stack and visited < MAX_OBJECTS:
        thing, outer, depth = stack.pop()
        visited += 1
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield thing, _times(_matrix(thing), outer)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
            inner = _times(_matrix(thing), outer)
            for index in range(min(pdfium.FPDFFormObj_CountObjects(thing), MAX_OBJECTS)):
                stack.append((pdfium.FPDFFormObj_GetObject(thing, index), inner, depth + 1))


def _matrix(thing: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, matrix):
        return (1, 0, 0, 1, 0, 0)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _subpaths(path: Any, matrix: Matrix) -> list[list[Point]]:
    """The straight outlines of a path in page coordinates; a curved one is left out."""
    lines: list[list[Point]] = []
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    curved = False
    for index in range(min(pdfium.FPDFPath_CountSegments(path), MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            curved = False
            lines.append([point])
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO or curved or not lines:
            curved = True
        else:
            lines[-1].append(point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                lines[-1].append(lines[-1][0])
    return [line for line in lines if len(line) > 1]
