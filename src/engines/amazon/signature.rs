//! Signs requests by AWS Signature Version 4. The secret key itself is in no header, message or log. Source: "Create a
//! signed AWS API request" in the IAM User Guide.

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings};
use aws_sigv4::sign::v4;
use jiff::Timestamp;
use reqwest::header::{HeaderName, HeaderValue};
use reqwest::{Body, Request};

/// What a signature is good for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'run> {
    pub(super) region: &'run str,
    pub(super) service: &'run str,
}

/// Signs what the request has by now: method, address, headers, body. A body that streams is signed as none.
///
/// # Errors
/// Where the keys have characters that no header takes.
pub(super) fn sign(
    request: &mut Request,
    credentials: &Credentials,
    scope: Scope<'_>,
    now: Timestamp,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let identity = credentials.clone().into();
    let parameters = v4::SigningParams::builder()
        .identity(&identity)
        .region(scope.region)
        .name(scope.service)
        .time(now.into())
        .settings(SigningSettings::default())
        .build()?
        .into();
    let headers = request.headers().iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    let body = request.body().and_then(Body::as_bytes).unwrap_or_default();
    let signable =
        SignableRequest::new(request.method().as_str(), request.url().as_str(), headers, SignableBody::Bytes(body))?;
    let (signed, _) = aws_sigv4::http_request::sign(signable, &parameters)?.into_parts();
    for header in signed.into_parts().0 {
        let mut value = HeaderValue::from_str(header.value())?;
        value.set_sensitive(true);
        request.headers_mut().insert(HeaderName::from_static(header.name()), value);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use reqwest::{Method, Url};

    use super::*;

    /// AWS's own vectors (`aws-sig-v4-test-suite`): what they have in common.
    const SCOPE: Scope<'_> = Scope { region: "us-east-1", service: "service" };
    const TOKEN: &str = "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPf\
        IeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9\
        HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx\
        3iSIlTJabIQwj2ICCR/oLxBA==";

    fn credentials(token: Option<&str>) -> Credentials {
        const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
        Credentials::new("AKIDEXAMPLE", SECRET, token.map(str::to_owned), None, "test")
    }

    fn request(method: Method, query: &str, headers: &[(&'static str, &'static str)], body: &'static str) -> Request {
        let mut request =
            Request::new(method, format!("https://example.amazonaws.com/{query}").parse::<Url>().unwrap());
        for (name, value) in headers {
            request.headers_mut().append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        if !body.is_empty() {
            *request.body_mut() = Some(body.into());
        }
        request
    }

    fn signed(mut request: Request, token: Option<&str>) -> Request {
        sign(&mut request, &credentials(token), SCOPE, "2015-08-30T12:36:00Z".parse().unwrap()).unwrap();
        request
    }

    #[test]
    fn signatures_are_those_of_the_published_vectors() {
        let form = ("content-type", "application/x-www-form-urlencoded");
        let hash = ("x-amz-content-sha256", "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e");
        for (vector, request, token, names, signature) in [
            (
                "get-vanilla",
                request(Method::GET, "", &[], ""),
                None,
                "host;x-amz-date",
                "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
            ),
            (
                "get-vanilla-query-order-key-case",
                request(Method::GET, "?Param2=value2&Param1=value1", &[], ""),
                None,
                "host;x-amz-date",
                "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
            ),
            (
                "post-vanilla",
                request(Method::POST, "", &[], ""),
                None,
                "host;x-amz-date",
                "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
            ),
            (
                "post-sts-header-before",
                request(Method::POST, "", &[], ""),
                Some(TOKEN),
                "host;x-amz-date;x-amz-security-token",
                "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead",
            ),
            (
                "post-x-www-form-urlencoded",
                request(Method::POST, "", &[form, ("content-length", "13"), hash], "Param1=value1"),
                None,
                "content-length;content-type;host;x-amz-content-sha256;x-amz-date",
                "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b",
            ),
            // As it was published first, without the two headers of the line above.
            (
                "post-x-www-form-urlencoded",
                request(Method::POST, "", &[form], "Param1=value1"),
                None,
                "content-type;host;x-amz-date",
                "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
            ),
        ] {
            let signed = signed(request, token);
            let expected = format!(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
                 SignedHeaders={names}, Signature={signature}"
            );
            assert_eq!(signed.headers()["authorization"], expected, "{vector}");
            assert_eq!(signed.headers()["x-amz-date"], "20150830T123600Z", "{vector}");
            assert_eq!(
                signed.headers().get("x-amz-security-token").map(HeaderValue::as_bytes),
                token.map(str::as_bytes)
            );
        }
    }

    #[test]
    fn nothing_of_the_keys_is_shown() {
        let shown = format!("{:?}", signed(request(Method::POST, "", &[], ""), Some(TOKEN)));
        assert!(!shown.contains("AKIDEXAMPLE") && !shown.contains("AQoDYXdz"), "{shown}");
    }

    #[test]
    fn keys_that_no_header_takes_are_an_error() {
        let now = Timestamp::UNIX_EPOCH;
        for (id, token) in [("AKID\nEXAMPLE", None), ("AKIDEXAMPLE", Some("a\nb".to_owned()))] {
            let credentials = Credentials::new(id, "secret", token, None, "test");
            let error = sign(&mut request(Method::POST, "", &[], ""), &credentials, SCOPE, now).unwrap_err();
            assert!(!error.to_string().contains("EXAMPLE"), "{error}");
        }
    }
}
