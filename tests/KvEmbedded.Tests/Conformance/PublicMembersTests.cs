using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

/// <summary>Whether some test uses each public member that is not an interface's; <see cref="CoverageTests"/> is about those.</summary>
public sealed class PublicMembersTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void Every_member_has_an_example_of_its_use()
    {
        var used = UsedMembers();
        var unused = from product in new[] { typeof(IKeyspace).Assembly, typeof(RedisKeyspace).Assembly }
                     from type in product.GetExportedTypes()
                     where !type.IsInterface && !type.IsEnum
                     from member in type.GetMembers(Declared)
                     where !NamesOf(member).Any(name => used.Contains($"{type.Name}.{name}"))
                     where !IsWritten(type, member) && !IsOfInterface(type, member)
                     select $"{type.Name}.{member.Name}";

        Assert.Empty(unused.Distinct());
    }

    /// <summary>What a member is called where it is used; a property may be read or set.</summary>
    private static string[] NamesOf(MemberInfo member) => member switch
    {
        PropertyInfo => [$"get_{member.Name}", $"set_{member.Name}"],
        EventInfo => [$"add_{member.Name}"],
        _ => [member.Name],
    };

    /// <summary>True for what the compiler writes, for constants, and for constructors of what only the product makes.</summary>
    private static bool IsWritten(Type type, MemberInfo member) => member switch
    {
        ConstructorInfo => type.IsAssignableTo(typeof(Exception)) || IsRecord(type),
        FieldInfo field => field.IsLiteral,
        MethodInfo { IsSpecialName: true } method => !method.Name.StartsWith("op_", StringComparison.Ordinal) || method.Name is "op_Equality" or "op_Inequality",
        MethodInfo => member.Name is "Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "<Clone>$",
        _ => member is Type,
    };

    private static bool IsOfInterface(Type type, MemberInfo member) =>
        type.GetInterfaces().Any(contract => contract.Assembly == typeof(IKeyspace).Assembly && contract.GetMember(member.Name).Length > 0);

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null;

    /// <summary>Members that the compiled tests refer to, as type.member.</summary>
    private static HashSet<string> UsedMembers()
    {
        var used = new HashSet<string>();
        foreach (var assembly in new[] { typeof(PublicMembersTests).Assembly, typeof(Backend).Assembly })
        {
            using var file = new PEReader(File.ReadAllBytes(assembly.Location).ToImmutableArray());
            var metadata = file.GetMetadataReader();
            foreach (var member in metadata.MemberReferences.Select(metadata.GetMemberReference))
            {
                if (TypeName(metadata, member.Parent) is { } type) used.Add($"{type}.{metadata.GetString(member.Name)}");
            }
        }

        return used;
    }

    private static string? TypeName(MetadataReader metadata, EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name),
        HandleKind.TypeSpecification => GenericName(metadata, metadata.GetTypeSpecification((TypeSpecificationHandle)parent)),
        _ => null,
    };

    /// <summary>The name of the open type of a generic one.</summary>
    private static string? GenericName(MetadataReader metadata, TypeSpecification specification)
    {
        var signature = metadata.GetBlobReader(specification.Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance) return null;
        signature.ReadSignatureTypeCode(); // class or structure
        return TypeName(metadata, signature.ReadTypeHandle());
    }
}
