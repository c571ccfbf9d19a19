/// One step of a written failover plan.
package struct PlanStep: Hashable, Sendable {
  package var name: String
  package var action: PlanAction
  /// Where it is carried out; nil: in the region that takes over.
  package var region: String?
  package var takesSeconds: Double?

  package init(
    name: String, action: PlanAction, region: String? = nil, takesSeconds: Double? = nil
  ) {
    self.name = name
    self.action = action
    self.region = region
    self.takesSeconds = takesSeconds
  }
}

/// What a step does, and so which API it calls.
///
/// Static stability: a recovery should need data planes only (Well-Architected REL11-BP04, REL11-BP05;
/// https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html).
package enum PlanAction: String, Hashable, Sendable, CaseIterable {
  case decide
  case fence
  case promote
  case scale
  case launch
  case restore
  case route53Record = "route53-record"
  case route53HealthCheck = "route53-health-check"
  case routingControl = "arc-routing-control"
  case globalAcceleratorDial = "global-accelerator-dial"
  case cloudFrontOrigin = "cloudfront-origin"
  case signIn = "iam-sign-in"
  case accessManagement = "iam-change"
  case bucketFailover = "s3-multi-region-access-point"
  case imagePull = "image-pull"
  case script
  case verify

  /// The part of RTO it belongs to.
  package var phase: RecoveryPhase {
    switch self {
    case .decide, .signIn, .accessManagement: .decide
    case .verify: .recover
    default: .execute
    }
  }

  /// Where the control plane lives that it needs.
  package enum ControlPlane: Hashable, Sendable {
    /// None: a data plane, which goes on when control planes fail.
    case none
    /// That of the region in which the step is carried out.
    case regional
    /// One region's for the whole world.
    case fixed(String)
  }

  package var controlPlane: ControlPlane {
    switch self {
    case .decide, .verify, .script, .route53HealthCheck, .routingControl, .bucketFailover: .none
    case .fence, .promote, .scale, .launch, .restore, .imagePull: .regional
    case .route53Record, .cloudFrontOrigin, .signIn, .accessManagement: .fixed("us-east-1")
    case .globalAcceleratorDial: .fixed("us-west-2")
    }
  }

  /// The model's usual steps, where no plan is written.
  package static func usual(for model: DeploymentModel) -> [PlanAction] {
    switch model {
    case .activeActive: [.decide, .route53Record]
    case .activePassive, .hotStandby: [.decide, .fence, .promote, .route53Record]
    case .warmStandby: [.decide, .scale, .fence, .promote, .route53Record]
    case .pilotLight: [.decide, .launch, .promote, .route53Record]
    case .backupAndRestore: [.decide, .restore, .launch, .route53Record]
    }
  }
}

/// The four parts of a recovery time.
package enum RecoveryPhase: String, Hashable, Sendable, CaseIterable {
  /// From the first breach to the first alarm.
  case detect
  /// From the alarm to the first commanded action.
  case decide
  /// From the action to the new writer.
  case execute
  /// From the new writer to users that are served.
  case recover
}
