//! The application of a test, in process, with a clock that stands until it is set.

use std::{
    future::Future,
    net::SocketAddr,
    pin::Pin,
    rc::Rc,
    sync::{Arc, Mutex},
    time::Duration,
};

use actix_web::{body::to_bytes, dev::ServiceResponse, test::TestRequest, web::Data};
use lantoa::{
    http::{
        Settings,
        kit::{Limits, Proxies, Rates, RatesConfig, Work},
        public::PublicAnswers,
    },
    kernel::{Clock, Digest, Networks, Timestamp},
    outbound::{Outbound, Resolve},
    service::{App, Hub, Office, Parts, Policy, meters::Meters, public::Public, setup},
    store::{Db, Options},
    tokens::{AccessTokens, Keyring, PasswordHasher, Throttle, ThrottleConfig, Vault},
};
use serde_json::Value;

use super::{Answer, Client, contract, database::Database, tables::TABLES, texts::texts};

pub const AUTHORITY: &str = "lamhai.example";
/// The secret that access tokens are signed with, for forgers who got hold of it.
pub const TOKEN_SECRET: &[u8] = b"0f9b1c7d2e4a6835c0d1e2f3a4b5968777k";
pub const BASE_URL: &str = "https://lantoa.lamhai.example";

type Send = dyn Fn(actix_http::Request) -> Pin<Box<dyn Future<Output = Answer>>>;

/// An application over a database of its own.
#[derive(Clone)]
pub struct TestApp(Rc<Inner>);

pub struct Inner {
    pub app: App,
    pub clock: Clock,
    pub statements: Arc<Mutex<Vec<String>>>,
    pub database: Rc<Database>,
    /// The answers that are kept for everyone.
    pub answers: Data<PublicAnswers>,
    send: Box<Send>,
}

impl std::ops::Deref for TestApp {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// What a test sets apart from the usual.
pub struct Given {
    pub policy: Policy,
    /// The server's own address.
    pub base_url: String,
    /// The portal's address of an item, where there is a portal.
    pub portal_url: Option<String>,
    /// Bytes that kept answers may take.
    pub memory: u64,
    /// How often one may ask; nothing leaves it as it usually is.
    pub rates: Option<RatesConfig>,
    /// Networks that may be called though they are not of the world.
    pub outbound: Networks,
    /// What names lead to; nothing asks the system.
    pub names: Option<Resolve>,
    /// Who tells readers of feeds that these have changed.
    pub hub: Hub,
    /// Proxies that are believed.
    pub proxies: Proxies,
    /// How much is worked on at the same time.
    pub work: Work,
}

impl Default for Given {
    fn default() -> Self {
        Self {
            policy: Policy::default(),
            base_url: BASE_URL.to_owned(),
            portal_url: None,
            memory: 16 << 20,
            rates: None,
            outbound: Networks::default(),
            names: None,
            hub: Hub::Own,
            proxies: Proxies::default(),
            work: Work::new(512),
        }
    }
}

/// When tests begin.
pub fn morning() -> Timestamp {
    "2026-11-22T02:00:00Z".parse().unwrap()
}

impl TestApp {
    /// An application with the ten locales, an agency `bao` and another `so`, topics
    /// `kinh-te` with `dau-tu` under it, and `bien`.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// The same with another policy.
    pub async fn with(change: impl FnOnce(&mut Policy)) -> Self {
        let mut given = Given::default();
        change(&mut given.policy);
        Self::given(given).await
    }

    /// The same with what is given.
    pub async fn given(given: Given) -> Self {
        let test = Self::over(Rc::new(Database::new().await), Clock::standing(morning()), given).await;
        test.vocabularies().await;
        test
    }

    /// Another process over the same database, with the same clock.
    pub async fn again(&self) -> Self {
        self.again_given(Given::default()).await
    }

    /// The same with what is given.
    pub async fn again_given(&self, given: Given) -> Self {
        Self::over(Rc::clone(&self.database), self.clock.clone(), given).await
    }

    async fn over(database: Rc<Database>, clock: Clock, given: Given) -> Self {
        let statements = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&statements);
        let observer: lantoa::store::Observer = Arc::new(move |sql| seen.lock().unwrap().push(sql.to_owned()));
        let options = Options { url: database.url.clone(), live_url: None, readers: 4, observer: Some(observer) };
        let db = Db::open(&options).await.unwrap();
        let kids = setup::published_kids(&db).await.unwrap();
        let authority = setup::freeze_authority(&db, Some(AUTHORITY), "x").await.unwrap();
        let office = Office {
            names: [("vi", "Tỉnh Lam Hải"), ("en", "Lam Hai Province")]
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .into(),
            authority,
            base_url: given.base_url,
            portal_url: given.portal_url,
            hub: given.hub,
        };
        let app = App::new(Parts {
            db,
            clock: clock.clone(),
            i18n: texts(),
            keys: Keyring::open_or_create(&database.folder.path().join("keys"), kids).unwrap(),
            tokens: AccessTokens::new(TOKEN_SECRET, AUTHORITY, Duration::from_secs(600)).unwrap(),
            passwords: PasswordHasher::default(),
            throttle: Throttle::new(ThrottleConfig::default()),
            office,
            policy: given.policy,
            outbound: match given.names {
                Some(names) => Outbound::new(given.outbound, "Lantoa").resolving(names),
                None => Outbound::new(given.outbound, "Lantoa"),
            },
            vault: Vault::new(TOKEN_SECRET),
            witness: vec![database.folder.path().join("audit-head.json")],
            public: Public::new(16 << 20),
            meters: Meters::default(),
            stopping: std::sync::atomic::AtomicBool::default(),
        });
        setup::seed_locales(&app).await.unwrap();
        setup::seed_workflows(&app).await.unwrap();
        app.public.reload(&app).await.unwrap();
        let mut settings = Settings::new(Limits::default(), given.memory);
        settings.proxies = given.proxies;
        settings.work = given.work;
        if let Some(rates) = given.rates {
            settings.rates = Data::new(Rates::new(&rates, &clock));
        }
        let answers = settings.answers.clone();
        let service = Rc::new(actix_web::test::init_service(lantoa::http::app(app.clone(), &settings)).await);
        let send: Box<Send> = Box::new(move |request| {
            let service = Rc::clone(&service);
            Box::pin(async move {
                let response = actix_web::test::call_service(&*service, request).await;
                answer(response).await
            })
        });
        Self(Rc::new(Inner { app, clock, statements, database, answers, send }))
    }

    /// Sends a request as it is, and holds the answer against the OpenAPI document.
    pub async fn send(&self, request: TestRequest) -> Answer {
        self.send_from("192.0.2.7", request).await
    }

    /// The same from another address.
    pub async fn send_from(&self, peer: &str, request: TestRequest) -> Answer {
        let request = request.peer_addr(SocketAddr::new(peer.parse().unwrap(), 40_000)).to_request();
        let (method, path) = (request.method().clone(), request.path().to_owned());
        let answer = (self.0.send)(request).await;
        contract::check(method.as_str(), &path, &answer);
        answer
    }

    /// Nobody in particular.
    pub fn stranger(&self) -> Client {
        Client::stranger(self.clone())
    }

    /// GET as the public does.
    pub async fn get(&self, path: &str) -> Answer {
        self.stranger().get(path).await
    }

    /// Moves the clock.
    pub fn pass(&self, seconds: u64) {
        self.clock.set(self.clock.now().plus(Duration::from_secs(seconds)));
    }

    /// A hash over every row of every table but those in which nobody's decision lies.
    pub async fn digest(&self) -> Digest {
        if !self.database.is_sqlite() {
            // The server reads its rows faster than it sends them.
            let one = |table: &&str| {
                let rows = "coalesce(string_agg(t::text, ' ' ORDER BY t::text), '')";
                format!("SELECT '{table}' AS name, md5({rows}) AS hash FROM {table} t")
            };
            let all: Vec<String> = TABLES.iter().map(one).collect();
            let all = self.query(&format!("{} ORDER BY name", all.join(" UNION ALL "))).await;
            return Digest::of(Value::from(all).to_string());
        }
        let mut text = String::new();
        for (table, rows) in self.rows().await {
            text.push_str(&format!("{table}: {rows}\n"));
        }
        Digest::of(text)
    }

    /// Runs SQL behind the application's back, as an intruder would.
    pub async fn sql(&self, statement: &str) {
        self.try_sql(statement).await.unwrap();
    }

    /// The same of what the database may refuse.
    pub async fn try_sql(&self, statement: &str) -> Result<(), sea_orm::DbErr> {
        let db = sea_orm::Database::connect(&self.database.url).await.unwrap();
        let done = sea_orm::ConnectionTrait::execute_unprepared(&db, statement).await;
        db.close().await.unwrap();
        done.map(drop)
    }

    /// What a query finds behind the application's back.
    pub async fn query(&self, query: &str) -> Vec<Value> {
        use sea_orm::{FromQueryResult, JsonValue, Statement};
        let db = sea_orm::Database::connect(&self.database.url).await.unwrap();
        let statement = Statement::from_string(db.get_database_backend(), query.to_owned());
        let rows = JsonValue::find_by_statement(statement).all(&db).await.unwrap();
        db.close().await.unwrap();
        rows
    }

    /// Every row of every table, as JSON, by table.
    pub async fn rows(&self) -> Vec<(&'static str, String)> {
        use sea_orm::{FromQueryResult, JsonValue, Statement};
        let db = sea_orm::Database::connect(&self.database.url).await.unwrap();
        let mut all = Vec::new();
        for table in TABLES {
            let statement = Statement::from_string(db.get_database_backend(), format!("SELECT * FROM {table}"));
            let mut rows: Vec<String> =
                JsonValue::find_by_statement(statement).all(&db).await.unwrap().iter().map(Value::to_string).collect();
            rows.sort();
            all.push((*table, rows.join("\n")));
        }
        db.close().await.unwrap();
        all
    }

    /// Every row of every table that there is, as one text, sign-ins and tokens among them.
    pub async fn all_rows(&self) -> String {
        use sea_orm::{FromQueryResult, JsonValue, Statement};
        let db = sea_orm::Database::connect(&self.database.url).await.unwrap();
        let query = async |sql: String| {
            JsonValue::find_by_statement(Statement::from_string(db.get_database_backend(), sql)).all(&db).await.unwrap()
        };
        let tables = if self.database.is_sqlite() {
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        } else {
            "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
        };
        let mut text = String::new();
        for table in query(tables.to_owned()).await {
            let rows = query(format!("SELECT * FROM {}", table["name"].as_str().unwrap())).await;
            text.extend(rows.iter().map(|row| format!("{row}\n")));
        }
        db.close().await.unwrap();
        text
    }

    /// Takes the right to administer from everybody else.
    pub async fn leave_as_only_admin(&self, who: &Client) {
        let accounts = who.get("/api/v1/accounts?limit=100").await.is(200).json();
        for other in accounts["items"].as_array().unwrap().iter().filter(|one| one["id"] != who.id.to_string()) {
            let path = format!("/api/v1/accounts/{}", other["id"].as_str().unwrap());
            let etag = who.get(&path).await.etag();
            who.put(&format!("{path}/grants"), &etag, &serde_json::json!({"grants": []})).await.is(200);
        }
    }

    async fn vocabularies(&self) {
        let admin = self.account("admin").sign_in().await;
        for (code, name) in [("bao", "Báo Lam Hải"), ("so", "Sở Ngoại vụ")] {
            let body = serde_json::json!({"code": code, "names": {"vi": name, "en": code}});
            admin.post("/api/v1/agencies", &body).await.is(201);
        }
        for (code, parent, name) in
            [("kinh-te", None, "Kinh tế"), ("dau-tu", Some("kinh-te"), "Đầu tư"), ("bien", None, "Biển")]
        {
            let body = serde_json::json!({"code": code, "parent": parent, "names": {"vi": name, "en": code}});
            admin.post("/api/v1/topics", &body).await.is(201);
        }
    }
}

async fn answer(response: ServiceResponse<impl actix_web::body::MessageBody>) -> Answer {
    let (_, response) = response.into_parts();
    let status = response.status().as_u16();
    let headers =
        response.headers().iter().map(|(k, v)| (k.to_string(), v.to_str().unwrap_or_default().to_owned())).collect();
    let body = to_bytes(response.into_body()).await.unwrap_or_else(|_| panic!("a body that ends"));
    Answer { status, headers, body: body.to_vec() }
}
