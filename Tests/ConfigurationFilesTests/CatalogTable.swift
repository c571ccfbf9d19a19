/// What a catalog of AWS's metrics must hold: by kind, namespace and publishing region, the names.
///
/// Drawn from AWS's pages for each service (the files name them) in November 2026; `-` is a number that
/// no service publishes. Where DMS's instance and a canary run is the user's choice: beside the target.
let expectedMetrics: [(kind: String, namespace: String, publishedIn: String, names: [String])] = [
  (
    "application-load-balancer", "AWS/ApplicationELB", "local",
    [
      "HTTPCode_ELB_5XX_Count", "HTTPCode_Target_5XX_Count", "HealthyHostCount", "HealthyStateDNS",
      "RejectedConnectionCount", "RequestCount", "TargetResponseTime", "UnHealthyHostCount",
      "UnhealthyRoutingRequestCount",
    ]
  ),
  (
    "aurora-global-database", "AWS/RDS", "local",
    [
      "ACUUtilization", "AuroraBinlogReplicaLag", "AuroraReplicaLag", "CommitThroughput",
      "DMLThroughput", "EngineUptime", "ServerlessDatabaseCapacity", "VolumeWriteIOPs",
    ]
  ),
  (
    "aurora-global-database", "AWS/RDS", "target",
    [
      "AuroraGlobalDBDataTransferBytes", "AuroraGlobalDBProgressLag", "AuroraGlobalDBRPOLag",
      "AuroraGlobalDBReplicatedWriteIO", "AuroraGlobalDBReplicationLag",
    ]
  ),
  (
    "aurora-global-database", "meridian/derived", "-",
    ["GlobalClusterFailoverState", "WriterCount"]
  ),
  (
    "auto-scaling-group", "AWS/AutoScaling", "local",
    [
      "GroupDesiredCapacity", "GroupInServiceInstances", "GroupMaxSize", "GroupPendingInstances",
      "WarmPoolWarmedCapacity",
    ]
  ),
  (
    "auto-scaling-group", "AWS/EC2", "local",
    ["CPUUtilization"]
  ),
  (
    "aws-backup", "AWS/Backup", "local",
    ["NumberOfBackupJobsFailed", "NumberOfRestoreJobsCompleted"]
  ),
  (
    "aws-backup", "AWS/Backup", "source",
    ["NumberOfCopyJobsCompleted", "NumberOfCopyJobsFailed"]
  ),
  (
    "aws-backup", "meridian/derived", "-",
    ["RecoveryPointAgeSeconds"]
  ),
  (
    "cloudfront-distribution", "AWS/CloudFront", "us-east-1",
    ["504ErrorRate", "5xxErrorRate", "CacheHitRate", "OriginLatency", "Requests"]
  ),
  (
    "cloudtrail-trail", "meridian/derived", "-",
    ["TrailDeliveryAgeSeconds"]
  ),
  (
    "cloudwatch-metrics", "AWS/Usage", "local",
    ["CallCount"]
  ),
  (
    "cloudwatch-metrics", "meridian/derived", "-",
    ["MetricFreshnessSeconds"]
  ),
  (
    "dms-replication-task", "AWS/DMS", "target",
    [
      "CDCChangesDiskTarget", "CDCIncomingChanges", "CDCLatencySource", "CDCLatencyTarget",
      "FreeableMemory",
    ]
  ),
  (
    "dynamodb-global-table", "AWS/DynamoDB", "local",
    [
      "AccountProvisionedWriteCapacityUtilization", "ConsumedWriteCapacityUnits",
      "FaultInjectionServiceInducedErrors", "ProvisionedWriteCapacityUnits",
      "SuccessfulRequestLatency", "SystemErrors", "WriteThrottleEvents",
    ]
  ),
  (
    "dynamodb-global-table", "AWS/DynamoDB", "source",
    ["PendingReplicationCount", "ReplicationLatency"]
  ),
  (
    "dynamodb-global-table", "meridian/derived", "-",
    ["ReplicaStatus"]
  ),
  (
    "ebs-snapshot-copy", "AWS/EBS", "target",
    ["SnapshotCopyBytesTransferred"]
  ),
  (
    "ebs-snapshot-copy", "AWS/EBS", "source",
    [
      "SnapshotsCopiedRegionCompleted", "SnapshotsCopiedRegionFailed",
      "SnapshotsCopiedRegionStarted",
    ]
  ),
  (
    "ebs-snapshot-copy", "AWS/EBS", "local",
    ["VolumeStalledIOCheck"]
  ),
  (
    "ebs-snapshot-copy", "meridian/derived", "-",
    ["SnapshotCopyAgeSeconds"]
  ),
  (
    "ec2-instances", "AWS/EC2", "local",
    ["StatusCheckFailed", "StatusCheckFailed_AttachedEBS", "StatusCheckFailed_System"]
  ),
  (
    "ec2-instances", "AWS/EC2CapacityReservations", "local",
    ["AvailableInstanceCount"]
  ),
  (
    "ec2-instances", "AWS/Usage", "local",
    ["ResourceCount", "ThrottleCount"]
  ),
  (
    "ecs-service", "AWS/ECS", "local",
    ["CPUUtilization", "MemoryUtilization"]
  ),
  (
    "ecs-service", "ECS/ContainerInsights", "local",
    ["DesiredTaskCount", "PendingTaskCount", "RunningTaskCount"]
  ),
  (
    "efs-replication", "AWS/EFS", "local",
    ["BurstCreditBalance", "ClientConnections", "PercentIOLimit"]
  ),
  (
    "efs-replication", "AWS/EFS", "source",
    ["TimeSinceLastSync"]
  ),
  (
    "efs-replication", "meridian/derived", "-",
    ["EFSReplicationStatus"]
  ),
  (
    "eks-cluster", "AWS/EKS", "local",
    ["apiserver_request_total_5XX", "scheduler_pending_pods_UNSCHEDULABLE"]
  ),
  (
    "eks-cluster", "ContainerInsights", "local",
    [
      "cluster_failed_node_count", "cluster_node_count", "node_cpu_utilization",
      "service_number_of_running_pods",
    ]
  ),
  (
    "elasticache-global-datastore", "AWS/ElastiCache", "local",
    [
      "CacheHitRate", "DatabaseMemoryUsagePercentage", "EngineCPUUtilization", "IsPrimary",
      "PrimaryLinkHealthStatus", "ReplicationLag", "TrafficManagementActive",
    ]
  ),
  (
    "elasticache-global-datastore", "AWS/ElastiCache", "target",
    ["GlobalDatastoreReplicationLag"]
  ),
  (
    "elasticache-global-datastore", "meridian/derived", "-",
    ["GlobalDatastoreRole"]
  ),
  (
    "eventbridge-rule", "AWS/Events", "local",
    [
      "FailedInvocations", "IngestionToInvocationStartLatency", "Invocations",
      "InvocationsSentToDlq", "ThrottledRules",
    ]
  ),
  (
    "global-accelerator", "AWS/GlobalAccelerator", "us-west-2",
    [
      "ActiveFlowCount", "HealthyEndpointCount", "NewFlowCount", "ProcessedBytesIn",
      "ProcessedBytesOut", "TCP_AGA_Reset_Count", "UnhealthyEndpointCount",
    ]
  ),
  (
    "network-load-balancer", "AWS/NetworkELB", "local",
    [
      "ActiveZonalShiftHostCount", "HealthyHostCount", "NewFlowCount", "TCP_ELB_Reset_Count",
      "UnHealthyHostCount", "ZonalHealthStatus",
    ]
  ),
  (
    "rds-read-replica", "AWS/RDS", "source",
    ["BinLogDiskUsage", "OldestReplicationSlotLag", "ReplicationSlotDiskUsage"]
  ),
  (
    "rds-read-replica", "AWS/RDS", "local",
    ["CPUUtilization", "DatabaseConnections", "FreeStorageSpace", "WriteIOPS"]
  ),
  (
    "rds-read-replica", "AWS/RDS", "target",
    ["ReplicaLag"]
  ),
  (
    "rds-read-replica", "meridian/derived", "-",
    ["ReplicationState"]
  ),
  (
    "redshift-data-sharing", "AWS/Redshift", "local",
    [
      "DatabaseConnections", "HealthStatus", "IntegrationLag", "MaintenanceMode",
      "PercentageDiskSpaceUsed",
    ]
  ),
  (
    "redshift-data-sharing", "meridian/derived", "-",
    ["CrossRegionSnapshotAgeSeconds"]
  ),
  (
    "region-switch-plan", "meridian/derived", "-",
    ["PlanEvaluationState", "RegionSwitchExecutionState", "RoutingControlState"]
  ),
  (
    "route53-health-checks", "AWS/Route53", "us-east-1",
    [
      "ChildHealthCheckHealthyCount", "ConnectionTime", "DNSQueries",
      "HealthCheckPercentageHealthy", "HealthCheckStatus", "TimeToFirstByte",
    ]
  ),
  (
    "route53-health-checks", "AWS/Route53Resolver", "local",
    ["InboundQueryVolume"]
  ),
  (
    "s3-cross-region-replication", "AWS/S3", "local",
    ["5xxErrors", "FirstByteLatency"]
  ),
  (
    "s3-cross-region-replication", "AWS/S3", "target",
    ["BytesPendingReplication", "OperationsPendingReplication", "ReplicationLatency"]
  ),
  (
    "s3-cross-region-replication", "AWS/S3", "source",
    ["OperationsFailedReplication"]
  ),
  (
    "s3-cross-region-replication", "meridian/derived", "-",
    ["S3MissedThresholdEvents"]
  ),
  (
    "s3-glacier-archive", "AWS/S3", "local",
    ["BucketSizeBytes", "NumberOfObjects"]
  ),
  (
    "s3-glacier-archive", "meridian/derived", "-",
    ["ArchiveRestoreRTOSeconds"]
  ),
  (
    "sns-topic", "AWS/SNS", "local",
    [
      "NumberOfMessagesPublished", "NumberOfNotificationsFailed",
      "NumberOfNotificationsRedrivenToDlq",
    ]
  ),
  (
    "sqs-queue", "AWS/SQS", "local",
    [
      "ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible",
      "NumberOfMessagesDeleted", "NumberOfMessagesSent",
    ]
  ),
  (
    "storage-gateway", "AWS/StorageGateway", "local",
    [
      "AvailabilityNotifications", "CachePercentDirty", "CloudBytesUploaded", "HealthNotifications",
      "IoWaitPercent", "TimeSinceLastRecoveryPoint", "UploadBufferPercentUsed",
    ]
  ),
  (
    "synthetics-canaries", "CloudWatchSynthetics", "target",
    ["Duration", "SuccessPercent"]
  ),
]
