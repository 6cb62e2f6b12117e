// Edits an own rule profile: names, and every limit with its unit, its range, where it comes from
// and how far that was checked. What is wrong stands beside the field; everything can be undone.
#pragma once

#include <QUndoStack>

#include "core/compliance/profile.h"
#include "ui/widgets.h"

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLineEdit;
class QScrollArea;

namespace cvd::ui {

class ProfileEditor : public Page {
    Q_OBJECT
public:
    explicit ProfileEditor(QWidget* parent = nullptr);
    ~ProfileEditor() override;

    // A profile without an id is a new one.
    void edit(const compliance::Profile& profile);
    bool isDirty() const;
    // What is typed, as far as it can be read; save it only when whyNotSave() is empty.
    compliance::Profile profile() const;
    QString whyNotSave() const;
    // What is typed, as text for a file; takeDraft() makes it one step that can be undone. False
    // where it is what is shown already, or no draft of this editor.
    QByteArray draft() const;
    bool takeDraft(const QByteArray& json);
    QUndoStack& undoStack() { return m_undo; }

Q_SIGNALS:
    void changed();
    void saveRequested();
    void cancelRequested();

protected:
    void retranslate() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct LimitState {
        bool set = false;
        QString value, source;
        compliance::SourceStatus status = compliance::SourceStatus::OurSetting;
        bool operator==(const LimitState&) const = default;
    };
    struct State {
        QString nameEn, nameZh, descriptionEn, descriptionZh;
        QList<LimitState> limits;  // in the order of parameterKeys()
        bool operator==(const State&) const = default;
    };
    struct Row {
        QCheckBox* set;
        QLabel* label;  // beside the box, because that cannot wrap
        QLineEdit* value;
        QLabel *unit, *range;
        QLineEdit* source;
        QComboBox* status;
        QLabel* problem;
    };
    class Change;

    QWidget* head();
    QWidget* form();
    void addRow(QGridLayout* grid, int index);
    State shown() const;  // what the widgets hold
    void show(const State& state);
    void fieldChanged(int field);
    void followValue(State& state, int index) const;
    void check();
    void noteProblem(int index, const QString& sentence);
    QString wordsFor(const compliance::ParameterProblem& problem) const;

    compliance::Profile m_original;
    State m_first, m_state;
    QStringList m_problems;  // sentences, in the order of the form
    QUndoStack m_undo;
    bool m_showing = false;
    QLabel *m_title, *m_hint;
    QToolButton *m_undoButton, *m_redoButton;
    QPushButton *m_cancel, *m_save;
    QScrollArea* m_scroll;
    QLabel* m_nameLabels[4];
    QLineEdit* m_names[4];  // English and Chinese name, English and Chinese description
    QLabel* m_nameProblem;
    QList<QLabel*> m_heads;
    QList<Row> m_rows;
};

}  // namespace cvd::ui
