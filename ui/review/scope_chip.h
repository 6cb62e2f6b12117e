// "Only 2–4 s (12)  ✕": a list shows a few chosen events; a click shows all again.
#pragma once

#include <QSet>
#include <QToolButton>
#include <functional>

namespace cvd::ui {

class ScopeChip : public QToolButton {
    Q_OBJECT
public:
    explicit ScopeChip(QWidget* parent = nullptr);

    // Hidden when there are no ids.
    void setScope(const QSet<qint64>& ids, const QString& label);
    // Forgets the ids that `there` denies.
    void keepOnly(const std::function<bool(qint64)>& there);
    const QSet<qint64>& ids() const { return m_ids; }

Q_SIGNALS:
    void dismissed();

protected:
    void changeEvent(QEvent* event) override;

private:
    void updateText();

    QSet<qint64> m_ids;
    QString m_label;
};

}  // namespace cvd::ui
