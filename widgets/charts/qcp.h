// QCustomPlot's header, which needs Qt's keywords that this house switches off. For the .cpp files of widgets/charts alone.
#pragma once
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef signals
#undef slots
#undef foreach
