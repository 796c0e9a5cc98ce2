use crate::support::house::House;

const TEXT: &str = "The failover of the primary database was slow.

We performed a rollback of the deployment and the error rate dropped.

The root cause was a memory leak in the load balancer.

After the rollback, latency returned to normal.

The on-call engineer applied a hotfix to the replica.

During the maintenance window, the status page was not updated.

Customers saw timeouts because of the rate limit.

A spike in traffic filled the queue.

Degraded performance was observed in the data center.

The runbook did not describe the failover.

We will publish a post-mortem with remediation items.

There was no monitoring of disk space.

The upgrade caused a regression in throughput.

All webhooks were delayed; the backlog was processed by noon.

A workaround is available for the affected customers.

The cache was cleared and the feature flag was disabled.

Our dashboard showed a partial outage.

The canary release did not show the problem, and the smoke tests passed.

The connection pool is a single point of failure.

Failovers between availability zones are automatic.

Mitigation is in progress.

This outage affected all customers in Europe.

We apologise for the downtime and for the delays caused by this outage.

The major outage lasted two hours, and a second outage followed.

The service level agreement does not cover scheduled downtime.

We moved traffic to read-only mode to reduce the impact of the outage.

The incident commander declared a major outage.

The alert was missed by the on-call engineer.";

async fn run(engine: std::sync::Arc<dyn polypost::translate::Engine>, target: &str) {
    let house = House::new(vec![engine], &[target]).await;
    let report = House::report("jargon.md", format!("---\nid: jargon\ntitle: Outage\n---\n\n{TEXT}\n").as_bytes());
    house.publish(report).await.expect("published");
    house.work().await;
    let version = house.served("jargon", target).await.expect("a version");
    for record in version.rendition.segments {
        println!("{target} {}\n      {}", record.source, record.target);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn jargon() {
    run(crate::support::neural::engine().unwrap(), "pt-BR").await;
    run(crate::support::apertium::engine().unwrap(), "es").await;
    run(crate::support::apertium::engine().unwrap(), "it").await;
}
