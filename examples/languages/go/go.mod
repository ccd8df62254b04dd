module churn

go 1.23

require (
	github.com/aws/aws-cdk-go/awscdk/v2 v2.240.0
	github.com/aws/jsii-runtime-go v1.127.0
	github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring-go/cdksagemakermonitoring v0.0.0
)
