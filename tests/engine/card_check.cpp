// The card's checks as a plain program for a machine without Qt: prints each failure; 0 all agree, 1 not, 77 no card.
#include <unistd.h>
#include <cstdio>

#include "tests/engine/card_checks.h"

int main() {
    const auto device = cardchecks::card();
    int status = 77;
    if (device) {
        cardchecks::Failures failures;
        cardchecks::forwardAgrees(*device, failures);
        cardchecks::trainingAgrees(*device, failures);
        for (const auto& failure : failures) std::printf("FAIL %s\n", failure.c_str());
        std::printf("%s: %zu failures\n", device->c_str(), failures.size());
        status = failures.empty() ? 0 : 1;
    } else {
        std::printf("skipped: %s\n", device.error().text().c_str());
    }
    std::fflush(stdout);
    _exit(status);
}
