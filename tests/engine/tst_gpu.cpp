// labels: gpu
// The card against the processor; skips with the reason where there is none.
#include <QTest>

#include "tests/engine/card_checks.h"

class TestGpu : public QObject {
    Q_OBJECT
private:
    std::string m_device;

    static void report(const cardchecks::Failures& failures) {
        for (const auto& failure : failures) QFAIL(failure.c_str());
    }

private Q_SLOTS:
    void initTestCase() {
        const auto device = cardchecks::card();
        if (!device) QSKIP(device.error().text().c_str());
        m_device = *device;
    }
    void forwardAgreesWithTheProcessor() {
        cardchecks::Failures failures;
        cardchecks::forwardAgrees(m_device, failures);
        report(failures);
    }
    void augmentationsAreTheProcessorsToTheByte() {
        cardchecks::Failures failures;
        cardchecks::augmentationsAgree(m_device, *lathe::engine::cuda::cardTable(), failures);
        cardchecks::mixingAgrees(m_device, failures);
        report(failures);
    }
    void suppressionIsTheProcessors() {
        cardchecks::Failures failures;
        cardchecks::suppressionAgrees(m_device, failures);
        report(failures);
    }
    void trainingAgreesWithTheProcessor() {
        cardchecks::Failures failures;
        cardchecks::trainingAgrees(m_device, nullptr, failures);
        report(failures);
    }
};

QTEST_GUILESS_MAIN(TestGpu)
#include "tst_gpu.moc"
