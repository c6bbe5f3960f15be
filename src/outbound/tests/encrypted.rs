//! Receivers that prove who they are, by certificates that were made for these tests and open nothing else.

use rustls::{
    RootCertStore, ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use tokio_rustls::TlsAcceptor;

use super::*;

/// The authority, whose own key is nowhere any more.
const AUTHORITY: &[u8] = include_bytes!("authority.pem");
/// The certificate that it gave `receiver.example`, until 2120.
const RECEIVER: &[u8] = include_bytes!("receiver.pem");
const KEY: &[u8] = include_bytes!("receiver-key.pem");

/// Answers one request with 204, and says what it was; nothing where nobody spoke to it in secret.
async fn receiver() -> (u16, JoinHandle<Option<String>>) {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from_pem_slice(RECEIVER).unwrap()],
            PrivateKeyDer::from_pem_slice(KEY).unwrap(),
        )
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = acceptor.accept(stream).await.ok()?;
        let mut buffer = vec![0; 4096];
        let read = stream.read(&mut buffer).await.ok().filter(|read| *read > 0)?;
        stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
        stream.shutdown().await.ok();
        Some(String::from_utf8(buffer[..read].to_vec()).unwrap())
    });
    (port, heard)
}

/// Sends something to a host of this name, which leads to this machine, and says what the receiver heard.
async fn sent(host: &str, trusting: bool) -> (Result<u16, Undelivered>, Option<String>) {
    let (port, heard) = receiver().await;
    let (resolve, _) = names(&[&["127.0.0.1"]]);
    let mut outbound = Outbound::new(here(), "test").resolving(resolve);
    if trusting {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(AUTHORITY).unwrap()).unwrap();
        outbound = outbound.trusting(roots);
    }
    let target = Target::parse(&format!("https://{host}:{port}/hook"), &here()).unwrap();
    let answer = outbound.send_encrypted(&target, &post()).await.map(|answer| answer.status);
    (answer, heard.await.unwrap())
}

#[tokio::test]
async fn who_proves_to_be_the_host_gets_what_is_sent() {
    let (answer, heard) = sent("receiver.example", true).await;
    assert_eq!(answer, Ok(204));
    let heard = heard.unwrap();
    assert!(heard.starts_with("POST /hook HTTP/1.1\r\n") && heard.contains("host: receiver.example"), "{heard}");
}

#[tokio::test]
async fn who_proves_to_be_another_or_is_vouched_for_by_nobody_gets_nothing() {
    for (host, trusting) in [("other.example", true), ("receiver.example", false)] {
        let (answer, heard) = sent(host, trusting).await;
        assert!(matches!(answer, Err(Undelivered::Tls(_))), "{host}: {answer:?}");
        assert_eq!(heard, None, "{host}");
    }
}
