//! `memory export` and `memory import`.

use crate::sandbox::{REPORT, Sandbox};

#[test]
fn what_one_house_translated_no_other_asks_an_engine_for() {
    let sandbox = Sandbox::new();
    sandbox.write("outage.md", REPORT);
    sandbox.run(&["publish", "outage.md", "--wait"]).succeeded();
    let exported = sandbox.run(&["memory", "export", "memory.tmx", "--json"]).succeeded().json();
    assert_eq!(exported["locales"]["es"], exported["locales"]["it"]);
    let texts = exported["entries"].as_u64().expect("a count");
    assert!(texts >= 6 && !sandbox.path("memory.tmx.unfinished").exists(), "{exported}");
    let spanish = sandbox.run(&["show", "outage", "--locale", "es"]).succeeded().stdout;

    let other = Sandbox::new();
    let file = std::fs::read_to_string(sandbox.path("memory.tmx")).expect("written");
    let imported = other.run_with_input(&["memory", "import", "-", "--json"], &file).succeeded().json();
    assert_eq!(imported["imported"]["added"], texts);
    assert_eq!(imported["problems"], serde_json::json!([]));
    other.write("outage.md", REPORT);
    other.run(&["publish", "outage.md", "--wait"]).succeeded();
    let history = other.run(&["history", "outage", "--locale", "es", "--json"]).succeeded().json();
    assert_eq!(history["versions"][0]["segments"]["machine"], serde_json::Value::Null, "{history}");
    assert_eq!(history["versions"][0]["segments"]["memory"], texts / 2, "{history}");
    assert_eq!(history["versions"][0]["engines"], serde_json::json!(["pseudo"]));
    assert_eq!(other.run(&["show", "outage", "--locale", "es"]).succeeded().stdout, spanish);
    assert_eq!(other.run(&["memory", "export", "-"]).succeeded().stdout, file);

    other.write("memory.tmx", &file);
    let again = other.run(&["memory", "import", "memory.tmx"]).succeeded().stdout;
    assert_eq!(again, format!("{texts} units: 0 entries added, {texts} known, 0 kept, 0 replaced, 0 skipped\n"));
}

const FOREIGN: &str = "<?xml version='1.0'?>\n<tmx version='1.4'><header srclang='en-US'/><body>\n\
    <tu><tuv xml:lang='en-US'><seg>No orders were lost.</seg></tuv>\n\
    <tuv xml:lang='es-ES'><seg>No se perdió ningún pedido.</seg></tuv>\n\
    <tuv xml:lang='de'><seg>Es gingen keine Bestellungen verloren.</seg></tuv></tu>\n\
    <tu><tuv xml:lang='en-US'><seg>It took 5 minutes.</seg></tuv>\n\
    <tuv xml:lang='es-ES'><seg>Tardó 6 minutos.</seg></tuv></tu>\n</body></tmx>\n";

#[test]
fn a_translators_memory_goes_before_the_engines() {
    let sandbox = Sandbox::new();
    sandbox.write("theirs.tmx", FOREIGN);
    let imported = sandbox.run(&["memory", "import", "theirs.tmx"]).succeeded();
    assert_eq!(imported.stdout, "2 units: 1 entries added, 0 known, 0 kept, 0 replaced, 1 skipped\n");
    for part in [
        "theirs.tmx:6: unit 2: `es-ES`: `5 minutes` is not found in the translation",
        "`es-ES` was taken for `es`: 2 texts",
        "`de` is no configured locale: 1 texts passed over",
    ] {
        assert!(imported.stderr.contains(part), "{part} in {}", imported.stderr);
    }
    sandbox.write("outage.md", &REPORT.replace("For 2 hours, orders in Back office could not be saved. ", ""));
    sandbox.run(&["publish", "outage.md", "--wait"]).succeeded();
    let spanish = sandbox.run(&["show", "outage", "--locale", "es"]).succeeded().stdout;
    assert!(spanish.contains("No se perdió ningún pedido."), "{spanish}");
    let json = sandbox.run(&["history", "outage", "--locale", "es", "--json"]).succeeded().json();
    assert_eq!(json["versions"][0]["segments"]["memory"], 1);

    let corrected = FOREIGN.replace("No se perdió ningún pedido.", "Ningún pedido se perdió.");
    sandbox.write("theirs.tmx", &corrected);
    let kept = sandbox.run(&["memory", "import", "theirs.tmx"]).succeeded();
    assert!(kept.stdout.contains("1 kept") && kept.stderr.contains("--replace"), "{kept:?}");
    let replaced = sandbox.run(&["memory", "import", "theirs.tmx", "--replace"]).succeeded();
    assert!(replaced.stdout.contains("1 replaced"), "{replaced:?}");
}

#[test]
fn a_broken_file_is_refused_with_its_place_and_changes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write("broken.tmx", FOREIGN.trim_end().strip_suffix("</body></tmx>").expect("its end"));
    sandbox.write("bomb.tmx", "<!DOCTYPE tmx [<!ENTITY a 'b'>]><tmx/>");
    for (file, part) in [
        ("broken.tmx", "`broken.tmx`: line 8, byte"),
        ("bomb.tmx", "`bomb.tmx`: line 1, byte 32: the DOCTYPE defines entities"),
        ("missing.tmx", "`missing.tmx` cannot be read"),
        (".", "it is a directory"),
    ] {
        let refused = sandbox.run(&["memory", "import", file]);
        assert_eq!((refused.code, refused.stdout.as_str()), (1, ""), "{file}");
        assert!(refused.stderr.contains(part), "{part} in {}", refused.stderr);
    }
    assert!(sandbox.run(&["memory", "import", "broken.tmx"]).stderr.contains("hint: nothing was imported"));
    sandbox.run(&["migrate"]).succeeded();
    assert!(!sandbox.run(&["memory", "export", "-"]).succeeded().stdout.contains("<tu"));
}

#[test]
fn only_so_many_problems_are_told_one_by_one() {
    let sandbox = Sandbox::new();
    let unit = "<tu><tuv xml:lang='en'><seg>It took 5 minutes.</seg></tuv>\
        <tuv xml:lang='es'><seg>Tardó.</seg></tuv></tu>\n";
    sandbox.write("many.tmx", &format!("<tmx version='1.4'><body>\n{}</body></tmx>", unit.repeat(30)));
    let imported = sandbox.run(&["memory", "import", "many.tmx"]).succeeded();
    assert_eq!(imported.stderr.matches("many.tmx:").count(), 21, "{}", imported.stderr);
    assert!(imported.stderr.contains("many.tmx: 10 more were skipped"), "{}", imported.stderr);
}

#[test]
fn stdout_takes_one_thing() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.run(&["memory", "export", "-", "--json"]).code, 2);
    assert_eq!(sandbox.run(&["memory"]).code, 2);
    sandbox.run(&["migrate"]).succeeded();
    assert_eq!(sandbox.run(&["memory", "export", "missing/a.tmx"]).code, 1);
    sandbox.run_and_hang_up(&["memory", "export", "-"]);
}
