//! Intake: what publishers send comes in (files, the API's JSON), a [`Report`](crate::document::Report) goes out, or
//! every problem with it at once.
