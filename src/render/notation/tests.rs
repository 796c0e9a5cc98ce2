use super::*;
use crate::document::fact;
#[test]
fn dump() {
    let Ok(path) = std::env::var("DUMP") else { return };
    let bundles = Bundles::load(None).unwrap();
    for line in std::fs::read_to_string(path).unwrap().lines() {
        println!("   {line}");
        for tag in ["es", "it", "pt-BR", "es-MX", "en", "fr"] {
            let n = Notation::new(&tag.parse().unwrap(), &bundles);
            if let Some(l) = fact::timestamp_line(line) {
                println!("{tag}: LINE {} {:?}", n.timestamp_line(&l), l.finding.map(|f| f.message));
                continue;
            }
            let mut out = String::new();
            let mut at = 0;
            for f in fact::find(line, &[]) {
                out.push_str(&line[at..f.range.start]);
                out.push('[');
                out.push_str(&n.fact(&f.fact));
                out.push(']');
                at = f.range.end;
            }
            out.push_str(&line[at..]);
            println!("{tag}: {out}");
        }
    }
}
