// A button with a small form for the ends of a range: "Score: all", "Score: 50 to 90", "Time: from
// 1:20". Either end may stay open.
#pragma once

#include <QToolButton>
#include <functional>
#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace cvd::ui {

class RangeChip : public QToolButton {
    Q_OBJECT
public:
    using Read = std::function<std::optional<double>(const QString&)>;
    using Show = std::function<QString(double)>;

    RangeChip(Read read, Show show, QWidget* parent = nullptr);

    void setTitle(const QString& title, const QString& hint);
    std::optional<double> from() const { return m_from; }
    std::optional<double> to() const { return m_to; }
    bool isFiltering() const { return m_from || m_to; }
    void setRange(std::optional<double> from, std::optional<double> to);  // quietly

Q_SIGNALS:
    void rangeChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void readFields();
    void updateText();

    Read m_read;
    Show m_show;
    std::optional<double> m_from, m_to;
    QString m_title, m_hint;
    QLabel *m_fromLabel, *m_toLabel, *m_hintLabel;
    QLineEdit *m_fromEdit, *m_toEdit;
    QPushButton* m_clear;
};

// The look that all chips share.
QString chipStyle();

}  // namespace cvd::ui
