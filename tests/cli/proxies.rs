//! Behind real proxies, as Debian has them and with as few settings as work: they lend their own address, and often
//! their own `Host`, to everybody. Whoever comes through them without a token reads, and does nothing else.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::readme;
use super::sandbox::{LISTENING, SERVE, Sandbox, address, ask};
use polypost_test_support::missing;
use polypost_test_support::postgres::free_port;

const PATIENCE: Duration = Duration::from_secs(30);

/// A proxy that is ended when dropped.
struct Proxy {
    process: Child,
    addresses: Vec<String>,
    directory: tempfile::TempDir,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // Asked to, not killed, so that it ends its own processes.
        let _ = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status();
        let _ = self.process.wait();
    }
}

/// The program, where it is installed; what is missing is said.
fn program(name: &str, package: &str) -> Option<PathBuf> {
    let found = ["/usr/sbin", "/usr/bin", "/usr/local/sbin"].map(|place| Path::new(place).join(name));
    let found = found.into_iter().find(|path| path.exists());
    if found.is_none() {
        missing(&format!("{name} is not there (apt-get install {package})"));
    }
    found
}

impl Proxy {
    /// Starts it on free ports, one for each of the ways in which it passes requests on.
    fn start(mut command: Command, directory: tempfile::TempDir, ports: &[u16]) -> Self {
        let log = fs::File::create(directory.path().join("log")).expect("a log");
        command.stdin(Stdio::null()).stdout(log.try_clone().expect("a log")).stderr(log);
        let process = command.spawn().expect("started");
        let addresses = ports.iter().map(|port| format!("127.0.0.1:{port}")).collect();
        let mut proxy = Self { process, addresses, directory };
        let deadline = Instant::now() + PATIENCE;
        for address in &proxy.addresses {
            while TcpStream::connect(address).is_err() {
                let log = || fs::read_to_string(proxy.directory.path().join("log")).unwrap_or_default();
                assert!(proxy.process.try_wait().expect("a child").is_none(), "it has ended: {}", log());
                assert!(Instant::now() < deadline, "it does not listen: {}", log());
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        proxy
    }

    /// nginx with Debian's own settings: a bare `proxy_pass`, Debian's `proxy_params`, and the operator's guide's
    /// recipe.
    fn nginx(to: &str) -> Option<Self> {
        let program = program("nginx", "nginx-light")?;
        let directory = tempfile::tempdir().expect("a directory");
        let place = directory.path().display();
        let ways = [
            format!("location / {{ proxy_pass http://{to}; }}"),
            format!("location / {{ proxy_pass http://{to}; include /etc/nginx/proxy_params; }}"),
            readme::recipe("nginx").replace("127.0.0.1:8080", to),
        ];
        let ports = ways.each_ref().map(|_| free_port());
        let servers =
            ways.iter().zip(ports).map(|(way, port)| format!("server {{ listen 127.0.0.1:{port}; {way} }}\n"));
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let temporary = temporary.map(|kind| format!("{kind}_temp_path {place}/{kind};\n")).concat();
        let configuration = format!(
            "daemon off;\nworker_processes auto;\npid {place}/pid;\nerror_log stderr;\n\
             events {{ worker_connections 768; }}\nhttp {{\nsendfile on;\ntcp_nopush on;\ngzip on;\naccess_log off;\n\
             include /etc/nginx/mime.types;\n{temporary}{}}}\n",
            servers.collect::<String>()
        );
        let file = directory.path().join("nginx.conf");
        fs::write(&file, configuration).expect("written");
        // As root its workers are somebody else, who writes there too.
        open_to_all(directory.path());
        let mut command = Command::new(program);
        command.arg("-p").arg(directory.path()).arg("-c").arg(file);
        Some(Self::start(command, directory, &ports))
    }

    /// `HAProxy` with Debian's defaults: in http mode, in tcp mode, and by the operator's guide's recipe.
    fn haproxy(to: &str) -> Option<Self> {
        let program = program("haproxy", "haproxy")?;
        let directory = tempfile::tempdir().expect("a directory");
        let [http, tcp, recipe] = [free_port(), free_port(), free_port()];
        let defaults = "defaults\n\tmode http\n\toption dontlognull\n\ttimeout connect 5000\n\ttimeout client 50000\n\t\
                        timeout server 50000\n";
        let own = readme::recipe("haproxy").replace("127.0.0.1:8080", to);
        let own = own.replace("bind :443 ssl crt /etc/haproxy/certs/", &format!("bind 127.0.0.1:{recipe}"));
        let configuration = format!(
            "{defaults}listen plain\n\tbind 127.0.0.1:{http}\n\tserver one {to}\n\
             listen forwarded\n\tmode tcp\n\tbind 127.0.0.1:{tcp}\n\tserver one {to}\n{own}\n"
        );
        let file = directory.path().join("haproxy.cfg");
        fs::write(&file, configuration).expect("written");
        let mut command = Command::new(program);
        command.arg("-db").arg("-f").arg(file);
        Some(Self::start(command, directory, &[http, tcp, recipe]))
    }
}

fn open_to_all(directory: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(directory, fs::Permissions::from_mode(0o777)).expect("set");
}

fn send(address: &str, line: &str, headers: &str, body: &str) -> (u16, String) {
    let length = body.len();
    let head = format!("{line} HTTP/1.1\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n");
    let answer = ask(address, &format!("{head}{body}"));
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
    (status.unwrap_or_else(|| panic!("a status: {answer}")), answer)
}

const JSON: &str = "content-type: application/json\r\n";
const REPORT: &str = r#"{"id":"strange","title":"Calls fail","body":"Calls fail."}"#;

/// What strangers say of themselves.
fn disguises(address: &str) -> Vec<String> {
    let mut disguises: Vec<String> = ["127.0.0.1", "localhost", "[::1]", "status.example.com", address]
        .map(|host| format!("host: {host}\r\n"))
        .to_vec();
    let proofs = ["x-forwarded-for: 127.0.0.1", "forwarded: for=127.0.0.1", "x-real-ip: 127.0.0.1", "via: 1.1 here"];
    disguises.extend(proofs.map(|proof| format!("host: {address}\r\n{proof}\r\n")));
    disguises
        .extend(["Bearer", "Bearer x", "Basic eDp4"].map(|no| format!("host: {address}\r\nauthorization: {no}\r\n")));
    disguises
}

fn try_as_strangers(proxy: &Proxy, token: &str) {
    for address in &proxy.addresses {
        for who in disguises(address) {
            for (line, body) in [
                ("POST /v1/incidents", REPORT),
                ("DELETE /v1/incidents/outage", ""),
                ("POST /v1/incidents/outage/retranslate", "{}"),
                ("GET /metrics", ""),
            ] {
                let (status, answer) = send(address, line, &format!("{who}{JSON}"), body);
                assert_eq!(status, 401, "{line} by {address} as {who:?}: {answer}");
            }
        }
        let host = format!("host: {address}\r\n");
        assert_eq!(send(address, "GET /v1/incidents/outage", &host, "").0, 200, "nothing has changed");
        assert_eq!(send(address, "GET /v1/incidents/strange", &host, "").0, 404, "nothing was published");
        // The token counts from wherever it comes.
        let bearer = format!("{host}authorization: Bearer {token}\r\n{JSON}");
        let own = REPORT.replace("strange", &format!("by-{}", address.replace([':', '.'], "-")));
        assert_eq!(send(address, "POST /v1/incidents", &bearer, &own).0, 201);
        assert_eq!(send(address, "GET /metrics", &bearer, "").0, 200);
    }
}

fn behind(proxy: impl Fn(&str) -> Option<Proxy>) {
    let sandbox = Sandbox::published();
    let code = sandbox.serve_while(&SERVE, LISTENING, |said| {
        let Some(proxy) = proxy(address(said, LISTENING)) else { return };
        let token = fs::read_to_string(sandbox.path("polypost.token")).expect("`serve` has made it");
        try_as_strangers(&proxy, token.trim());
        // What the operator would see of it.
        let settings = format!("[server]\npublic_url = \"http://{}\"\n", proxy.addresses[0]);
        sandbox.write("polypost.toml", &settings);
        let checks = sandbox.run(&["doctor", "--json"]).json();
        let checks = checks["checks"].as_array().expect("checks").clone();
        let public = checks.iter().find(|check| check["what"] == "public address").expect("it is looked at");
        assert_eq!(public["verdict"], "good", "{public}");
        fs::remove_file(sandbox.path("polypost.toml")).expect("removed");
    });
    assert_eq!(code, Some(0));
}

#[test]
fn by_way_of_nginx_strangers_only_read() {
    behind(Proxy::nginx);
}

#[test]
fn by_way_of_haproxy_strangers_only_read() {
    behind(Proxy::haproxy);
}
