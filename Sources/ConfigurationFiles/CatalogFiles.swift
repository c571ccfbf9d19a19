import Documents
import Monitoring

/// The catalog documents that come with meridian, embedded so that the binary alone knows them.
///
/// A new service: one file in the folder `Catalog`, one line here. A test compares folder and list.
package let catalogFiles: [(name: String, bytes: [UInt8])] = [
  ("application-load-balancer.yaml", PackageResources.application_load_balancer_yaml),
  ("aurora-global-database.yaml", PackageResources.aurora_global_database_yaml),
  ("auto-scaling-group.yaml", PackageResources.auto_scaling_group_yaml),
  ("aws-backup.yaml", PackageResources.aws_backup_yaml),
  ("cloudfront-distribution.yaml", PackageResources.cloudfront_distribution_yaml),
  ("cloudtrail-trail.yaml", PackageResources.cloudtrail_trail_yaml),
  ("cloudwatch-metrics.yaml", PackageResources.cloudwatch_metrics_yaml),
  ("dms-replication-task.yaml", PackageResources.dms_replication_task_yaml),
  ("dynamodb-global-table.yaml", PackageResources.dynamodb_global_table_yaml),
  ("ebs-snapshot-copy.yaml", PackageResources.ebs_snapshot_copy_yaml),
  ("ec2-instances.yaml", PackageResources.ec2_instances_yaml),
  ("ecs-service.yaml", PackageResources.ecs_service_yaml),
  ("efs-replication.yaml", PackageResources.efs_replication_yaml),
  ("eks-cluster.yaml", PackageResources.eks_cluster_yaml),
  ("elasticache-global-datastore.yaml", PackageResources.elasticache_global_datastore_yaml),
  ("eventbridge-rule.yaml", PackageResources.eventbridge_rule_yaml),
  ("global-accelerator.yaml", PackageResources.global_accelerator_yaml),
  ("network-load-balancer.yaml", PackageResources.network_load_balancer_yaml),
  ("rds-read-replica.yaml", PackageResources.rds_read_replica_yaml),
  ("redshift-data-sharing.yaml", PackageResources.redshift_data_sharing_yaml),
  ("region-switch-plan.yaml", PackageResources.region_switch_plan_yaml),
  ("route53-health-checks.yaml", PackageResources.route53_health_checks_yaml),
  ("s3-cross-region-replication.yaml", PackageResources.s3_cross_region_replication_yaml),
  ("s3-glacier-archive.yaml", PackageResources.s3_glacier_archive_yaml),
  ("sns-topic.yaml", PackageResources.sns_topic_yaml),
  ("sqs-queue.yaml", PackageResources.sqs_queue_yaml),
  ("storage-gateway.yaml", PackageResources.storage_gateway_yaml),
  ("synthetics-canaries.yaml", PackageResources.synthetics_canaries_yaml),
]

extension Catalog {
  /// The services that come with meridian, and those of the users' own folders.
  package static func embedded(
    folders: [String] = []
  ) -> (catalog: Catalog, faults: [Fault]) {
    read(catalogFiles, folders: folders)
  }

  /// The same without what no service of an estate names: reading YAML is most of a short run.
  ///
  /// Where a kind is named that is not embedded all are read, so that a message can list them.
  package static func needed(
    by topology: Node, folders: [String] = []
  ) -> (catalog: Catalog, faults: [Fault]) {
    let kinds = (topology["services"]?.entries ?? []).map { entry in
      (try? entry.value["kind"]?.string()) ?? ""
    }
    let names = Set(kinds.map { $0 + ".yaml" })
    let found = catalogFiles.filter { names.contains($0.name) }
    return read(found.count == names.count ? found : catalogFiles, folders: folders)
  }

  private static func read(
    _ files: [(name: String, bytes: [UInt8])], folders: [String]
  ) -> (catalog: Catalog, faults: [Fault]) {
    var (catalog, faults) = parse(
      files.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) })
    for folder in folders {
      let own = load(folder)
      catalog.merge(own.catalog)
      faults += own.faults
    }
    return (catalog, faults)
  }

  /// Reads further documents by name and text; a document that is no YAML is a fault.
  package static func parse(
    _ texts: [(name: String, text: String)]
  ) -> (catalog: Catalog, faults: [Fault]) {
    var documents: [Node] = []
    var faults: [Fault] = []
    for (name, text) in texts {
      do {
        documents.append(try Node.yaml(text, file: name))
      } catch {
        faults.append(error)
      }
    }
    let parsed = parse(documents)
    return (parsed.catalog, faults + parsed.faults)
  }
}
