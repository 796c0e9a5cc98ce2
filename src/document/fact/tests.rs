use super::*;
#[test]
fn dump() {
    let Ok(path) = std::env::var("DUMP") else { return };
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let mut out = String::new();
        let mut at = 0;
        for f in find(line, &["Zendesk Talk".into(), "Talk".into(), "Route 53".into()]) {
            out.push_str(&line[at..f.range.start]);
            let k = match &f.fact.value { Value::Moment(m) => format!("M:{:?} {:?} {:?} {:?} {:?}", m.preposition, m.weekday, m.date.map(|d| (d.year,d.month,d.day)), m.time.map(|t|(t.hour,t.minute,t.second)), m.zone),
              Value::Span(s) => format!("S:{:?} [{:?} {:?} {:?}]-[{:?} {:?} {:?}]", s.preposition, s.start.date.map(|d| (d.year,d.month,d.day)), s.start.time.map(|t|(t.hour,t.minute)), s.start.zone, s.end.date.map(|d| (d.year,d.month,d.day)), s.end.time.map(|t|(t.hour,t.minute)), s.end.zone), v => format!("{v:?}") };
            out.push_str(&format!("⟨{} ¦ {}{}⟩", f.fact.source, k, if f.finding.is_some() {" !!"} else {""}));
            at = f.range.end;
        }
        out.push_str(&line[at..]);
        println!("{out}");
    }
}
