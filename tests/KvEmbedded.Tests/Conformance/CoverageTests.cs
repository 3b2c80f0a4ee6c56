using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

/// <summary>Whether the contract suites say something of every member.</summary>
public sealed class CoverageTests
{
    public static TheoryData<Type> Interfaces =>
        [.. typeof(IKeyspace).Assembly.GetExportedTypes().Where(type => type.IsInterface && type.GetMethods().Length > 0)];

    [Theory]
    [MemberData(nameof(Interfaces))]
    public void Every_member_has_an_example_of_its_use(Type contract)
    {
        var used = UsedMembers(contract);

        Assert.Equal(
            contract.GetMethods().GroupBy(method => method.Name).ToDictionary(group => group.Key, group => group.Count()),
            contract.GetMethods().Select(method => method.Name).Distinct().ToDictionary(name => name, used.GetValueOrDefault));
    }

    /// <summary>How many overloads of each member the compiled suites call: each has one entry in the table of references.</summary>
    private static Dictionary<string, int> UsedMembers(Type contract)
    {
        using var file = new PEReader(File.ReadAllBytes(typeof(Backend).Assembly.Location).ToImmutableArray());
        var metadata = file.GetMetadataReader();
        return metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Where(member => metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name) == contract.Name)
            .GroupBy(member => metadata.GetString(member.Name))
            .ToDictionary(group => group.Key, group => group.Count());
    }
}
