// One scale for the scores of all models.
#include "core/inference/common_score.h"

#include <cmath>

#include <QTest>

using cvd::inference::commonScore;
using cvd::inference::kCommonThreshold;

class CommonScoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thresholdsMeetAndOrderStays() {
        for (const float t : {0.01F, 0.25F, 0.43F, 0.6F, 0.99F}) {
            QVERIFY(std::abs(commonScore(t, t) - kCommonThreshold) < 1e-4F);
            QCOMPARE(commonScore(0, t), 0.0F);
            QCOMPARE(commonScore(1, t), 1.0F);
            for (float s = 0; s < 1; s += 0.01F) {
                QVERIFY(commonScore(s, t) < commonScore(s + 0.01F, t));
            }
        }
        for (float s = 0; s <= 1; s += 0.01F) {
            QVERIFY(std::abs(commonScore(s, kCommonThreshold) - s) < 1e-6F);
        }
    }

    void impossibleNumbersStayInRange() {
        for (const float t : {-1.0F, 0.0F, 1.0F, 2.0F}) {
            for (const float s : {-0.5F, 0.0F, 0.3F, 1.0F, 1.5F}) {
                const float c = commonScore(s, t);
                QVERIFY(c >= 0 && c <= 1);
            }
        }
    }
};

QTEST_GUILESS_MAIN(CommonScoreTest)
#include "tst_common_score.moc"
