"""Every listing of the simulator's that boto3 pages, whole and in pages of one; then its waiters. One JSON object a line."""

import json

import boto3

NEEDS = {
    "autoscaling": {
        "DescribeLoadBalancerTargetGroups": {"AutoScalingGroupName": "Web-ASG"},
        "DescribeLoadBalancers": {"AutoScalingGroupName": "Web-ASG"},
        "DescribeWarmPool": {"AutoScalingGroupName": "Web-ASG"},
    },
    "ec2": {
        "DescribeLaunchTemplateVersions": {"LaunchTemplateName": "Web"},
    },
}


def seen(pages, key):
    return sum(len(page.get(key) or []) for page in pages)


def page_all(service, known):
    client = boto3.client(service)
    for method, operation in sorted(client.meta.method_to_api_mapping.items()):
        if operation not in known or not client.can_paginate(method):
            continue
        paginator = client.get_paginator(method)
        given = dict(NEEDS.get(service, {}).get(operation, {}))
        if operation in LATER:
            given.update(LATER[operation]())
        key = paginator.result_keys[0].expression
        config = paginator._pagination_cfg
        whole = seen(paginator.paginate(**given), key)
        size = LEAST.get(service, 1) if "limit_key" in config else None
        pages = list(paginator.paginate(**given, PaginationConfig={"PageSize": size} if size else {}))
        print(json.dumps({"service": service, "operation": operation, "whole": whole, "paged": seen(pages, key), "pages": len(pages)}))


# EC2 takes no page of less than five.
LEAST = {"ec2": 5}


def balancer():
    return boto3.client("elbv2").describe_load_balancers(Names=["Web-ALB"])["LoadBalancers"][0]["LoadBalancerArn"]


def listener():
    return boto3.client("elbv2").describe_listeners(LoadBalancerArn=balancer())["Listeners"][0]["ListenerArn"]


LATER = {
    "DescribeListeners": lambda: {"LoadBalancerArn": balancer()},
    "DescribeRules": lambda: {"ListenerArn": listener()},
    "DescribeInstanceRefreshes": lambda: {"AutoScalingGroupName": "Web-ASG"},
    "DescribeTrafficSources": lambda: {"AutoScalingGroupName": "Web-ASG"},
    "DescribeListenerCertificates": lambda: {"ListenerArn": listener()},
    "GetParametersByPath": lambda: {"Path": "/", "Recursive": True},
}


def wait_all():
    ec2, elb = boto3.client("ec2"), boto3.client("elbv2")
    image = ec2.describe_images(Owners=["self"])["Images"][0]["ImageId"]
    instance = ec2.describe_instances()["Reservations"][0]["Instances"][0]["InstanceId"]
    groups = elb.describe_target_groups(Names=["Web-TG"])["TargetGroups"][0]["TargetGroupArn"]
    waits = [
        (ec2, "image_exists", {"ImageIds": [image]}),
        (ec2, "image_available", {"ImageIds": [image]}),
        (ec2, "instance_exists", {"InstanceIds": [instance]}),
        (ec2, "instance_running", {"InstanceIds": [instance]}),
        (ec2, "instance_status_ok", {"InstanceIds": [instance]}),
        (ec2, "system_status_ok", {"InstanceIds": [instance]}),
        (ec2, "snapshot_completed", {"OwnerIds": ["self"]}),
        (ec2, "subnet_available", {}),
        (ec2, "vpc_available", {}),
        (ec2, "security_group_exists", {}),
        (elb, "load_balancer_exists", {"LoadBalancerArns": [balancer()]}),
        (elb, "load_balancer_available", {"LoadBalancerArns": [balancer()]}),
        (elb, "target_in_service", {"TargetGroupArn": groups}),
    ]
    for client, name, given in waits:
        client.get_waiter(name).wait(**given, WaiterConfig={"Delay": 1, "MaxAttempts": 5})
        print(json.dumps({"waiter": name}))


if __name__ == "__main__":
    import sys

    known = json.loads(sys.argv[1])
    for service, operations in known.items():
        page_all(service, set(operations))
    wait_all()
