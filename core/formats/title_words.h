// Marks a format's title for lupdate, which follows no other macro; the window translates it. For sources alone: Qt has the same.
#pragma once

#define QT_TRANSLATE_NOOP(context, text) text
