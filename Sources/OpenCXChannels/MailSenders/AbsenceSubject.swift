/// Subjects of absence notes and automatic answers. Only where the phrase stands alone or before a colon: customers write about
/// such notes, too.
package enum AbsenceSubject {
    /// Whether a subject is one.
    package static func matches(_ subject: String) -> Bool {
        let text = subject.lowercased().drop(while: \.isWhitespace)
        return phrases.contains { phrase in
            guard text.hasPrefix(phrase) else { return false }
            let rest = text.dropFirst(phrase.count).drop { $0 == " " || $0 == "!" || $0 == "." || $0 == "\u{A0}" }
            return rest.isEmpty || ":：[(-–".contains(rest.first ?? ":")
        }
    }

    private static let phrases = [
        "out of office", "out-of-office", "out of the office", "ooo", "automatic reply", "automatic response",
        "auto reply",
        "auto-reply", "autoreply", "auto response", "auto-response", "autoresponse", "auto", "i am out of the office",
        "away from my mail", "on vacation", "vacation", "vacation reply", "abwesenheitsnotiz", "abwesenheit",
        "abwesenheitsmeldung", "automatische antwort", "automatische rückmeldung", "nicht im büro", "außer haus",
        "ausser haus",
        "réponse automatique", "absence du bureau", "absent du bureau", "absence", "message d'absence",
        "notification d'absence",
        "respuesta automática", "respuesta automatica", "fuera de la oficina", "fuera de oficina", "ausencia",
        "risposta automatica", "fuori sede", "fuori ufficio", "assenza", "assente dall'ufficio", "automatisch antwoord",
        "automatische beantwoording", "afwezig", "afwezigheid", "niet op kantoor", "buiten kantoor", "autosvar",
        "automatiskt svar", "automatisk svar", "frånvaro", "frånvaromeddelande", "ej på kontoret", "fraværende",
        "fravær",
        "ikke på kontoret", "ikke til stede", "automaattinen vastaus", "poissa", "poissaoloilmoitus", "lomalla",
        "resposta automática", "resposta automatica", "ausente", "ausência", "fora do escritório",
        "ausência temporária",
        "odpowiedź automatyczna", "automatyczna odpowiedź", "autoodpowiedź", "poza biurem", "nieobecność",
        "nieobecny w biurze",
        "automatická odpověď", "mimo kancelář", "automatická odpoveď", "automatikus válasz", "házon kívül",
        "răspuns automat", "în afara biroului", "αυτόματη απάντηση", "εκτός γραφείου", "автоматический ответ",
        "автоответ",
        "автоответчик", "вне офиса", "нет на работе", "отсутствую", "автоматична відповідь", "автоматичен отговор",
        "otomatik yanıt", "otomatik cevap", "ofis dışında", "ofis dışındayım", "automatski odgovor",
        "samodejni odgovor",
        "automatinis atsakymas", "automātiska atbilde", "automaatvastus", "自動返信", "自動応答", "不在通知", "自动回复", "自动答复",
        "自動回覆", "休假", "不在办公室", "자동 회신", "자동 응답", "부재중", "תשובה אוטומטית", "מענה אוטומטי", "رد تلقائي", "الرد التلقائي",
        "trả lời tự động", "balasan otomatis", "ตอบกลับอัตโนมัติ", "resposta automàtica", "sjálfvirkt svar",
    ]
}
